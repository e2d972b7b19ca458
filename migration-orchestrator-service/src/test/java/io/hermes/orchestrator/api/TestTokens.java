package io.hermes.orchestrator.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The tokens that the service under test knows. */
public final class TestTokens implements QuarkusTestResourceLifecycleManager {

    static final String ADMIN = "admin-token-of-this-test-run";
    static final String SERVICE = "service-token-of-this-test-run";

    @Override
    public Map<String, String> start() {
        return Map.of(
                "hermes.security.viewer-token",
                of("viewer"),
                "hermes.security.operator-token",
                of("operator"),
                "hermes.security.admin-token",
                ADMIN,
                "hermes.security.service-token",
                SERVICE);
    }

    static String of(String role) {
        return role + "-token-of-this-test-run";
    }

    @Override
    public void stop() {
        // Nothing to end.
    }
}
