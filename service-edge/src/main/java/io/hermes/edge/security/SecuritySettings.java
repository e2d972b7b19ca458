package io.hermes.edge.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/** Static bearer tokens, until an identity provider takes over. No two may be the same. */
@ConfigMapping(prefix = "hermes.security")
public interface SecuritySettings {

    /** {@code false} lets everybody do everything. For a closed laptop only. */
    @WithDefault("true")
    boolean enabled();

    /** Bearer token that gives the role {@code viewer} under that name. Unset: there is none. */
    Optional<String> viewerToken();

    /** Bearer token that gives the role {@code operator} under that name. Unset: there is none. */
    Optional<String> operatorToken();

    /** Bearer token that gives the role {@code admin} under that name. Unset: there is none. */
    Optional<String> adminToken();

    /** Bearer token that gives the role {@code service}; the same in all services. Unset: nobody has that role. */
    Optional<String> serviceToken();

    /** People and their tools by name, so that jobs, timelines and the audit say who it was. Default: none. */
    Map<String, User> users();

    /** Somebody with a token of their own. */
    interface User {

        /** The bearer token. */
        String token();

        /** {@code viewer}, {@code operator} or {@code admin}. */
        Role role();
    }
}
