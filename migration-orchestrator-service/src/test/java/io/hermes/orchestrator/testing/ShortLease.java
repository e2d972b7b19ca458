package io.hermes.orchestrator.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A lease on planning and validation that is short, and nothing that is scheduled: nobody takes a job over unless the test says so. */
public final class ShortLease implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.scheduler.enabled", "false", "hermes.migration.planning.lease", "900ms");
    }
}
