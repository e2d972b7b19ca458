package io.hermes.systemtests;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** F35: everything at once, on a small job. */
@Tag("full")
@Timeout(900)
@ExtendWith(OnStage.class)
class AllAtOnceTest {

    private static final int DOCUMENTS = 800;

    @Test
    void everyDocumentArrivesOnceWhateverHappensAtOnce(Stage stage) throws Exception {
        String job = "all-at-once";
        stage.awaitReady();
        try (Trial trial = Trial.copying(stage, job, DOCUMENTS)) {
            new AllAtOnce(stage, trial, job, 1)
                    .suffered()
                    .within(Duration.ofMinutes(10), Duration.ofMinutes(3))
                    .run()
                    .assertAllArrivedUncharged();
        }
    }
}
