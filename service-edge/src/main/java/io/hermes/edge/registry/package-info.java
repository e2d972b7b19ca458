/** How the other services learn from the registry which store a provider is, and open it. */
package io.hermes.edge.registry;
