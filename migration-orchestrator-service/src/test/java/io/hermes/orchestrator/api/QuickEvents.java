package io.hermes.orchestrator.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Limits of live connections that a test can reach, and signs of life that it need not wait for. */
public final class QuickEvents implements QuarkusTestResourceLifecycleManager {

    static final int PER_JOB = 3;
    static final int PER_REPLICA = 5;

    @Override
    public Map<String, String> start() {
        return Map.of(
                "hermes.migration.events.heartbeat", "1s",
                "hermes.migration.events.max-listeners", Integer.toString(PER_REPLICA),
                "hermes.migration.events.max-listeners-per-job", Integer.toString(PER_JOB));
    }

    @Override
    public void stop() {
        // Nothing to end.
    }
}
