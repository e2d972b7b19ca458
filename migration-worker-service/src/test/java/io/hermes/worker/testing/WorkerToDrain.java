package io.hermes.worker.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A worker with a single slot, for the one test that ends it. */
public final class WorkerToDrain implements QuarkusTestProfile {

    private final SmallWorker small = new SmallWorker();

    @Override
    public List<TestResourceEntry> testResources() {
        return small.testResources();
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> overrides = new HashMap<>(small.getConfigOverrides());
        overrides.put("hermes.worker.slots", "1");
        return overrides;
    }
}
