package io.hermes.systemtests;

import static org.awaitility.Awaitility.await;

import io.hermes.systemtests.fault.CrashPoint;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** F4: a process dies at every line that matters, and every document arrives once, equal, with the books right. */
@Tag("full")
@Timeout(400)
@ExtendWith(OnStage.class)
class CrashPointsTest {

    private static final int DOCUMENTS = 60;
    private static final Duration RELEASE_LIMIT = Duration.ofMinutes(1);

    /** Those that a bucket as the destination comes by. */
    static Stream<CrashPoint> onTheWayToABucket() {
        return Arrays.stream(CrashPoint.values()).filter(point -> !point.isOfFolders());
    }

    /** Those that are others when documents come from a bucket into a folder. */
    static Stream<CrashPoint> onTheWayToAFolder() {
        EnumSet<CrashPoint> alike = EnumSet.of(
                CrashPoint.BEFORE_SOURCE_OPEN,
                CrashPoint.AFTER_SOURCE_OPEN,
                CrashPoint.BEFORE_WRITE,
                CrashPoint.AFTER_WRITE,
                CrashPoint.BEFORE_EVENT_ACK,
                CrashPoint.BEFORE_PAGE_COMMIT);
        return Arrays.stream(CrashPoint.values()).filter(point -> point.isOfFolders() || alike.contains(point));
    }

    @ParameterizedTest
    @MethodSource("onTheWayToABucket")
    void losesNothingToABucket(CrashPoint point, Stage stage) throws Exception {
        String job = "crash-" + point.label();
        stage.awaitReady();
        try (Trial trial = Trial.copying(stage, job, DOCUMENTS)) {
            survives(trial, point, job, stage);
        }
    }

    @ParameterizedTest
    @MethodSource("onTheWayToAFolder")
    void losesNothingToAFolder(CrashPoint point, Stage stage) throws Exception {
        String job = "crash-local-" + point.label();
        Depot depot = Depot.on(stage);
        stage.awaitReady();
        try (Trial trial = depot.toFolder(stage, job)) {
            survives(trial, point, job, stage);
        }
    }

    private static void survives(Trial trial, CrashPoint point, String job, Stage stage) throws Exception {
        trial.suffers(stage.crash(point, job)).run().assertAllArrivedUncharged();
        await("the claims are given back")
                .atMost(RELEASE_LIMIT)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> trial.books().released());
    }
}
