package io.hermes.edge;

import io.hermes.edge.testing.KafkaBroker;
import io.hermes.edge.testing.RegistryStandIn;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** One application for all tests of this module. */
public final class EdgeProfile implements QuarkusTestProfile {

    static final String ADMIN_TOKEN = "admin-token-of-the-edge-test";
    static final String SERVICE_TOKEN = "service-token-of-the-edge-test";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "HERMES_ADMIN_TOKEN", ADMIN_TOKEN,
                "HERMES_SERVICE_TOKEN", SERVICE_TOKEN,
                "hermes.registry.recheck", "300ms",
                "hermes.registry.grace", "500ms",
                "hermes.storage.local.allowed-roots", "/srv/documents,/mnt/archive",
                "quarkus.http.test-port", "0",
                "quarkus.arc.remove-unused-beans", "false");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(KafkaBroker.class), new TestResourceEntry(RegistryStandIn.class));
    }
}
