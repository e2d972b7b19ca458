package io.hermes.orchestrator.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.orchestrator.state.Counters;
import io.hermes.orchestrator.state.JobStatus;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    private static final Instant NOW = Instant.parse("2026-11-23T14:00:00Z");

    private static final JobState.Reading NOTHING_READ = new JobState.Reading(0, 0, null);

    @ParameterizedTest
    @CsvSource({
        "1000, 135, 12.3, 86.5, 11",
        "12840, 3278, 41.8, 74.5, 78",
        "100000, 1, 100, 99.9, 1",
        "10, 5, 0, 50.0,",
        "10, 0, 5, 100.0,",
        "0, 0, 0, 0.0,"
    })
    void percentAndEta(long total, long open, double rate, double percent, Long eta) {
        Figures figures = Figures.of(running(total, open, rate, NOW, NOW));

        assertThat(figures.percent()).isEqualTo(percent);
        assertThat(figures.etaSeconds()).isEqualTo(eta);
    }

    @Test
    void oldRateIsNoRate() {
        Figures figures = Figures.of(running(10, 5, 3, NOW.minusSeconds(31), NOW));

        assertThat(figures.rate()).isZero();
        assertThat(figures.etaSeconds()).isNull();
        assertThat(figures.etaConfidence()).isNull();
    }

    @Test
    void jobThatHasNotMovedForAMinuteIsStalled() {
        assertThat(Figures.of(running(10, 5, 3, NOW, NOW.minusSeconds(59))).stalled())
                .isFalse();
        assertThat(Figures.of(running(10, 5, 3, NOW, NOW.minusSeconds(61))).stalled())
                .isTrue();
        assertThat(Figures.of(running(10, 0, 3, NOW, NOW.minusSeconds(61))).stalled())
                .isFalse();
    }

    @Test
    void bytesThatMoveAreNoStall() {
        Instant longAgo = NOW.minusSeconds(200);

        assertThat(Figures.of(running(10, 5, 3, NOW, longAgo, readingMovedAt(NOW.minusSeconds(59))))
                        .stalled())
                .isFalse();
        assertThat(Figures.of(running(10, 5, 3, NOW, longAgo, readingMovedAt(NOW.minusSeconds(61))))
                        .stalled())
                .isTrue();
    }

    @Test
    void whileNoDocumentEndsTheBytesTellTheTime() {
        Figures figures = Figures.of(running(10, 5, 3, NOW.minusSeconds(31), NOW, readingMovedAt(NOW)));

        assertThat(figures.byteRate()).isEqualTo(20);
        assertThat(figures.etaSeconds()).isEqualTo(147);
        assertThat(figures.etaConfidence()).isEqualTo("low");
    }

    private static JobState.Reading readingMovedAt(Instant then) {
        return new JobState.Reading(1000, 20.4, then);
    }

    @Test
    void pausedTimeDoesNotCount() {
        assertThat(Figures.of(running(10, 5, 3, NOW, NOW)).elapsedSeconds()).isEqualTo(280);
    }

    /** Started five minutes ago, paused for twenty seconds of them. */
    private static JobState running(long total, long open, double rate, Instant rateAt, Instant movedAt) {
        return running(total, open, rate, rateAt, movedAt, NOTHING_READ);
    }

    private static JobState running(
            long total, long open, double rate, Instant rateAt, Instant movedAt, JobState.Reading reading) {
        return new JobState(
                1,
                JobStatus.RUNNING,
                null,
                null,
                Optional.empty(),
                JobState.Validation.NONE,
                NOW.minusSeconds(300),
                null,
                null,
                NOW,
                new JobState.Planning("transferring", true),
                new Counters(total, open, 0, 0, total - open, 0, 0),
                new JobState.Bytes(8000, 4000, 4000),
                new JobState.Pace(rate, 0, rateAt, movedAt, 20_000),
                reading,
                0,
                0,
                NOW);
    }
}
