package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.stack.StackPlan;
import io.hermes.systemtests.fault.Blows.Pauses;
import io.hermes.systemtests.fault.Victim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * F30: each process believes in another time. Leases are by the database's clock, so nothing expires that should not, and what a dead
 * worker held is missed all the same.
 */
@Tag("full")
@Timeout(600)
class ClockTest {

    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String LIBRARY = "libfaketime.so.1";

    @Test
    void leasesAreByTheDatabasesClock() throws Exception {
        Optional<Path> library = library();
        assumeTrue(library.isPresent(), "skipped: faketime is not installed (apt-get install faketime)");
        String file = library.get().toString();
        try (Stage stage = Stage.openBeside("clocks", plan -> skewed(plan, file))) {
            try (Trial trial = Trial.copying(stage, "clocks", 150)) {
                trial.suffers(
                                "F1 worker killed, with clocks apart",
                                2,
                                Pauses.seconds(1, 4),
                                stage.processes().killing(Victim.worker(1), Victim.worker(2)))
                        .run()
                        .assertAllArrivedUncharged();
                assertThat(trial.books().lapses()).as("leases that lapsed").isLessThan(100);
            }
        }
    }

    /** The store allows a signature to be a quarter of an hour off. */
    private static StackPlan skewed(StackPlan plan, String library) {
        StackPlan early = believing(plan, "worker-1", "-5m", library);
        StackPlan late = believing(early, "worker-2", "+5m", library);
        return believing(believing(late, "orchestrator", "+2h", library), "orchestrator-2", "-2h", library);
    }

    /** Without the fix for other systems' waits, which ends every timed wait of a JVM at once and so keeps all its threads busy. */
    private static StackPlan believing(StackPlan plan, String service, String skew, String library) {
        return plan.with(service, "LD_PRELOAD", library)
                .with(service, "FAKETIME", skew)
                .with(service, "DONT_FAKE_MONOTONIC", "1")
                .with(service, "FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .with(service, "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    private static Optional<Path> library() throws IOException {
        try (Stream<Path> files = Files.find(
                LIBRARIES,
                3,
                (file, attributes) -> file.getFileName().toString().equals(LIBRARY))) {
            return files.findFirst();
        }
    }
}
