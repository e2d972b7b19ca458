/** What is done regularly about shares of providers' limits: they are shown, and deleted when they have ended. */
package io.hermes.registry.budget;
