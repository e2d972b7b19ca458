package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.systemtests.fault.CrashPoint;
import io.hermes.systemtests.fault.Passages;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A crash point that no process passes any more would never strike. Killing at each of them takes minutes; this takes two small jobs. */
@Timeout(300)
@ExtendWith(OnStage.class)
class CrashPointsPassedTest {

    private static final int DOCUMENTS = 40;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Test
    void someProcessPassesEveryPoint(Stage stage) throws Exception {
        String job = "passages";
        stage.awaitReady();
        try (Passages passages = stage.passages(job).begin();
                Trial there = Trial.copying(stage, job, DOCUMENTS);
                Trial back = back(stage, there.run())) {
            back.run();
            await("every point is passed")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(passages.passed()).contains(CrashPoint.values()));
        }
    }

    private static Trial back(Stage stage, Trial there) throws Exception {
        String job = "passages-back";
        Path folder = Stage.home().resolve("arrived").resolve(job);
        Route route = Route.toFolder(stage.description(), job, "passages", folder);
        return Trial.along(stage, job, there.corpus(), route, Job.Terms.USUAL);
    }
}
