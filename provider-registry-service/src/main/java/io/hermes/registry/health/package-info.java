/** How a provider is, asked live. */
package io.hermes.registry.health;
