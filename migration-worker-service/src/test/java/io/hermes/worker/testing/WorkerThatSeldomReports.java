package io.hermes.worker.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A small worker that tells its first outcome, and the others an hour later or when it is drained. */
public final class WorkerThatSeldomReports implements QuarkusTestProfile {

    private final SmallWorker small = new SmallWorker();

    @Override
    public List<TestResourceEntry> testResources() {
        return small.testResources();
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> overrides = new HashMap<>(small.getConfigOverrides());
        overrides.put("hermes.worker.report-interval", "1h");
        overrides.put("hermes.worker.heartbeat", "1h");
        return overrides;
    }
}
