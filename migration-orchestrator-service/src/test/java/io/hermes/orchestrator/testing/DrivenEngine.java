package io.hermes.orchestrator.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * The engine without its own clock: nothing is scheduled, signals are lost, leases and waits are hours, and the broker does what the
 * test says. What is left is everything that the engine does when somebody tells it to.
 */
public final class DrivenEngine implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.ofEntries(
                Map.entry("quarkus.scheduler.enabled", "false"),
                Map.entry(
                        "quarkus.arc.exclude-types",
                        "io.hermes.orchestrator.plan.Planner,io.hermes.orchestrator.dispatch.Dispatcher,"
                                + "io.hermes.orchestrator.outbox.Relay,io.hermes.orchestrator.outbox.TaskChannel,"
                                + "io.hermes.orchestrator.sweep.Sweeper,io.hermes.orchestrator.sweep.BrokerOffsets"),
                Map.entry(
                        "quarkus.arc.selected-alternatives",
                        "io.hermes.orchestrator.plan.StillPlanner,io.hermes.orchestrator.dispatch.StillDispatcher,"
                                + "io.hermes.orchestrator.outbox.StillRelay,io.hermes.orchestrator.outbox.ScriptedTaskChannel,"
                                + "io.hermes.orchestrator.sweep.StillSweeper,io.hermes.orchestrator.sweep.ScriptedBrokerOffsets"),
                Map.entry("hermes.migration.lease", "1h"),
                Map.entry("hermes.migration.queue-lease", "1h"),
                Map.entry("hermes.migration.max-deliveries", "2"),
                Map.entry("hermes.migration.retry.base", "1h"),
                Map.entry("hermes.migration.retry.cap", "2h"),
                Map.entry("hermes.migration.planning.lease", "1h"));
    }
}
