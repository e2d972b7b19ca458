/** How the other services learn from the registry which store a provider is, and when it has changed, and open it. */
package io.hermes.edge.registry;
