package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.systemtests.fault.Blows.Pauses;
import io.hermes.systemtests.fault.Connections;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** F7 and F9: PostgreSQL runs, and talks to nobody, or says nothing of what it has done. */
@Tag("full")
@Timeout(400)
@ExtendWith(OnStage.class)
class DatabaseFaultsTest {

    @BeforeEach
    void awaitReady(Stage stage) {
        stage.awaitReady();
    }

    @Test
    void losesNothingWithConnectionsThatAreCut(Stage stage) throws Exception {
        Connections connections = new Connections(stage.processes());
        try (Trial trial = Trial.copying(stage, "connections-cut", 200)) {
            trial.suffers("F7 connections cut", 20, Pauses.seconds(0.05, 0.8), connections.cutting())
                    .run()
                    .assertAllArrivedUncharged();
        }
    }

    @Test
    void losesNothingWithoutAConnectionToBeHad(Stage stage) throws Exception {
        Connections connections = new Connections(stage.processes());
        try (Trial trial = Trial.copying(stage, "connections-exhausted", 150)) {
            trial.suffers(
                            "F7 connections exhausted",
                            2,
                            Pauses.seconds(0.5, 2),
                            connections.exhausting(Duration.ofSeconds(4)))
                    .run()
                    .assertAllArrivedUncharged();
        }
    }

    @Test
    void doesNothingTwiceWhoseCommitWasNotConfirmed(Stage stage) throws Exception {
        try (Trial trial = Trial.copying(stage, "replies-lost", 200)) {
            trial.suffers(
                            "F9 commit reply lost",
                            25,
                            Pauses.seconds(0.02, 0.4),
                            stage.replies().losing())
                    .run()
                    .assertAllArrivedUncharged();
        }
    }

    /** Nobody can report meanwhile, so nobody may be missed: no lease lapses while events wait to be read. */
    @Test
    void missesNobodyWhoseReportsItHasNotRead(Stage stage) throws Exception {
        Connections connections = new Connections(stage.processes());
        try (Trial trial = Trial.copying(stage, "job-locked", 150)) {
            UUID job = trial.job().id();
            trial.suffers("F7 lock held beyond the lease", 3, Pauses.seconds(0.5, 1.5), connections.holding(job, 9))
                    .run()
                    .assertAllArrivedUncharged();
            assertThat(trial.books().lapses()).as("leases that lapsed").isZero();
        }
    }
}
