package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.systemtests.fault.Deaths.Death;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ten thousand documents, two orchestrators, three workers, and everything that can go wrong, again and again ({@code -Psoak}). */
@Tag("soak")
@Timeout(3600)
@ExtendWith(OnStage.class)
class SoakTest {

    private static final int DOCUMENTS = Integer.getInteger("hermes.soak.documents", 10_000);
    private static final int FEWEST_KILLS = 20;
    private static final int INTENSITY = 3;
    private static final int CONCURRENCY = 16;
    private static final int WINDOW = 256;

    @Test
    void everyDocumentArrivesOnce(Stage stage) throws Exception {
        String job = "soak";
        assertThat(stage.description().workers()).as("workers, by -Psoak").hasSize(3);
        Corpus corpus = Corpus.write(job, DOCUMENTS, Seed.ofRun());
        Route route = Route.toBucket(stage.description(), job, corpus.folder());
        try (Trial trial = Trial.along(stage, job, corpus, route, Job.Terms.USUAL.with(CONCURRENCY, WINDOW))) {
            new AllAtOnce(stage, trial, job, INTENSITY)
                    .suffered()
                    .within(Duration.ofMinutes(20), Duration.ofMinutes(15))
                    .run()
                    .assertAllArrivedUncharged();
        }
        assertThat(stage.deaths().stream().filter(Death::isSudden))
                .as("processes killed")
                .hasSizeGreaterThanOrEqualTo(FEWEST_KILLS);
    }
}
