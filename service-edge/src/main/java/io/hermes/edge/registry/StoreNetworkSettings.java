package io.hermes.edge.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the operator, not whoever registers a provider, decides about the servers that stores are on. */
@ConfigMapping(prefix = "hermes.storage.network")
interface StoreNetworkSettings {

    /** Schemes, separated by commas: {@code https}, {@code http} or both. */
    @WithDefault("https")
    Set<String> allowedSchemes();

    /** Names, or patterns such as {@code *.example.com}, separated by commas. Absent: every name. */
    Optional<List<String>> allowedHosts();

    /** Ports, separated by commas. Absent: every port. */
    Optional<Set<Integer>> allowedPorts();

    /**
     * Networks such as {@code 10.0.0.0/8}, separated by commas, whose addresses are allowed besides those of the public Internet. Where
     * clouds keep their machines' credentials ({@code 169.254.0.0/16}, {@code fd00:ec2::254}) must be named itself.
     */
    Optional<List<String>> allowedNetworks();

    /** {@code false} allows the named networks only. */
    @WithDefault("true")
    boolean internet();
}
