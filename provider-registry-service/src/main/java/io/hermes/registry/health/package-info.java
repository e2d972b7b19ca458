/** How stores are: looked at by a schedule that replicas share, and on request. */
package io.hermes.registry.health;
