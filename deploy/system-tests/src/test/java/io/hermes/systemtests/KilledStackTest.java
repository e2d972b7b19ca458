package io.hermes.systemtests;

import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.Requests;
import io.hermes.systemtests.fault.Blows.Pauses;
import io.hermes.systemtests.fault.Processes;
import io.hermes.systemtests.fault.Victim;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The promise of the suite in one test: whatever is killed, every document arrives once, equal, and the books are right. */
@ExtendWith(OnStage.class)
class KilledStackTest {

    private static final Victim[] WORKERS = {Victim.worker(1), Victim.worker(2)};
    private static final Victim[] ORCHESTRATORS = {Victim.orchestrator(1), Victim.orchestrator(2)};
    private static final Duration LONGER_THAN_ITS_REPORT = Duration.ofSeconds(3);

    @Test
    @Timeout(400)
    void migratesEveryDocumentWhileItsServersAreKilled(Stage stage) throws Exception {
        Processes processes = stage.processes();
        try (Trial trial = Trial.copying(stage, "killed", 600)) {
            Requests some = Requests.of("PUT").share(0.04, Seed.ofRun().value());
            trial.suffers("F14 slow documents", 5, some, Faults.delay(LONGER_THAN_ITS_REPORT))
                    .suffers("F1 worker killed", 3, Pauses.seconds(1, 4), processes.killing(WORKERS))
                    .suffers("F2 orchestrator killed", 2, Pauses.seconds(2, 5), processes.killing(ORCHESTRATORS))
                    .suffers("F3 registry killed", 1, Pauses.seconds(1, 8), processes.killing(Victim.REGISTRY))
                    .suffers("F6 PostgreSQL killed", 1, Pauses.seconds(1, 9), processes.killing(Victim.POSTGRES))
                    .suffers(
                            "F6 PostgreSQL stopped", 1, Pauses.seconds(4, 9), processes.ending("QUIT", Victim.POSTGRES))
                    .suffers("F10 broker killed", 1, Pauses.seconds(2, 9), processes.killing(Victim.BROKER))
                    .run()
                    .assertAllArrivedUncharged();
        }
    }

    @Test
    @Timeout(200)
    void fencesAWorkerThatWakesUpAfterItsWorkWasGivenAway(Stage stage) throws Exception {
        try (Trial trial = Trial.copying(stage, "frozen", 150)) {
            Requests some = Requests.of("PUT").share(0.2, Seed.ofRun().value());
            trial.suffers("F14 slow documents", 5, some, Faults.delay(LONGER_THAN_ITS_REPORT))
                    .suffers(
                            "F5 worker frozen", 1, Pauses.seconds(0.1, 0.5), trial.freezing(stage.processes(), WORKERS))
                    .run()
                    .assertAllArrivedUncharged();
        }
    }
}
