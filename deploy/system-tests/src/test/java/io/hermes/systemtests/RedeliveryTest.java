package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.stack.StackPlan;
import io.hermes.systemtests.fault.Blows.Pauses;
import io.hermes.systemtests.fault.Victim;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a killed worker had not finished comes again from the broker, with leases so long that nobody else would ever notice: a task that
 * was acknowledged before it was done would be missed for hours.
 */
@Tag("full")
@Timeout(600)
class RedeliveryTest {

    @Test
    void nothingIsAcknowledgedBeforeItIsDone() throws Exception {
        try (Stage stage = Stage.openBeside("redelivery", RedeliveryTest::withoutSweeps);
                Trial trial = Trial.copying(stage, "redelivery", 150)) {
            trial.suffers(
                            "F1 worker killed, without leases",
                            3,
                            Pauses.seconds(1, 3),
                            stage.processes().killing(Victim.worker(1), Victim.worker(2)))
                    .run()
                    .assertAllArrivedUncharged();
            assertThat(trial.books().lapses()).as("leases that lapsed").isZero();
        }
    }

    private static StackPlan withoutSweeps(StackPlan plan) {
        return plan.with("HERMES_MIGRATION_LEASE", "4h").with("HERMES_MIGRATION_QUEUE_LEASE", "4h");
    }
}
