package io.hermes.edge.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Static bearer tokens, until an identity provider takes over. */
@ConfigMapping(prefix = "hermes.security")
interface SecuritySettings {

    /** {@code false} lets everybody do everything. For a closed laptop only. */
    @WithDefault("true")
    boolean enabled();

    /** Bearer token that gives the role {@code admin}. Unset: nobody has that role. */
    Optional<String> adminToken();

    /** Bearer token that gives the role {@code service}; the same in all services. Unset: nobody has that role. */
    Optional<String> serviceToken();
}
