package io.hermes.edge.registry;

import io.hermes.storage.AllowedServers;
import io.hermes.storage.Network;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** Tells the stores which servers the operator allows. */
@Singleton
class StoreNetwork {

    /** At the start, so that a service with rules that cannot be read does not start. */
    @Produces
    @Singleton
    @Startup
    AllowedServers allowedServers(StoreNetworkSettings settings) {
        return new AllowedServers(
                settings.allowedSchemes(),
                settings.allowedHosts().orElse(List.of()),
                settings.allowedPorts().orElse(Set.of()),
                settings.allowedNetworks().orElse(List.of()).stream()
                        .map(Network::parse)
                        .toList(),
                settings.internet());
    }
}
