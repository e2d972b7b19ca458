package io.hermes.worker.testing;

import io.hermes.edge.testing.KafkaBroker;
import io.hermes.edge.testing.RegistryStandIn;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A worker small enough to see its limits at work, with a real broker and the registry's stand-in. One for all tests that name it. */
public class SmallWorker implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(KafkaBroker.class), new TestResourceEntry(RegistryStandIn.class));
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> overrides = new HashMap<>(Map.of(
                "hermes.worker.slots", "8",
                "hermes.worker.waiting-room", "24",
                "hermes.worker.memory-budget", "64M",
                "hermes.worker.heartbeat", "1s",
                // It hears of changes, or not at all.
                "hermes.registry.recheck", "1h",
                "hermes.security.service-token", "service-token-of-the-tests"));
        overrides.putAll(differences());
        return overrides;
    }

    /** What a worker has otherwise that is a profile of its own. */
    protected Map<String, String> differences() {
        return Map.of();
    }
}
