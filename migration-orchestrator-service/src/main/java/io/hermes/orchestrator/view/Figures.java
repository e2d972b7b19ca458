package io.hermes.orchestrator.view;

import io.hermes.orchestrator.state.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * What follows from a job's counters (SPEC §1.7). A figure that is not known is absent rather than 0.
 *
 * @param percent of the documents planned so far, one decimal; 100 only when none is open
 * @param rate documents a second, 0 unless the job is running and has moved lately
 * @param byteRate bytes a second, likewise; while no document ends, what is being read of those in flight
 * @param etaSeconds at least 1; {@code null} when unknown
 * @param etaConfidence {@code good} or {@code low}; {@code null} without an ETA
 * @param stalled running, but for a minute nothing has ended and no byte was read
 * @param elapsedSeconds from start to end or now, without pauses; {@code null} before the start
 */
record Figures(
        double percent,
        double rate,
        long byteRate,
        Long etaSeconds,
        String etaConfidence,
        boolean stalled,
        Long elapsedSeconds) {

    private static final Duration RATE_IS_STALE = Duration.ofSeconds(30);
    private static final Duration STALL = Duration.ofSeconds(60);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final double TENTHS_OF_A_PERCENT = 1000.0;

    static Figures of(JobState state) {
        boolean running = state.status() == JobStatus.RUNNING;
        boolean ending = running && isRecent(state.pace().measuredAt(), RATE_IS_STALE, state);
        double rate = ending ? state.pace().documents() : 0;
        double byteRate =
                ending ? state.pace().bytes() : running ? state.reading().rate() : 0;
        Long eta = eta(state, rate, byteRate);
        return new Figures(
                percent(state),
                tenths(rate),
                Math.round(byteRate),
                eta,
                confidence(state, eta, rate > 0),
                stalled(state),
                elapsed(state) == null ? null : elapsed(state).toSeconds());
    }

    private static double percent(JobState state) {
        long total = state.counters().scanned();
        if (total == 0) {
            return state.status() == JobStatus.COMPLETED ? 100 : 0;
        }
        double percent = Math.round(TENTHS_OF_A_PERCENT * state.counters().closed() / total) / 10.0;
        return state.counters().open() > 0 ? Math.min(percent, 99.9) : percent;
    }

    /** By documents while some end, else by the bytes that are left of those that are open. */
    private static Long eta(JobState state, double rate, double byteRate) {
        long open = state.counters().open();
        long openBytes = state.bytes().open() - state.reading().bytes();
        if (open > 0 && rate > 0) {
            return Math.max(1, Math.round(open / rate));
        }
        return open > 0 && openBytes > 0 && byteRate > 0 ? (Long) Math.max(1, Math.round(openBytes / byteRate)) : null;
    }

    private static String confidence(JobState state, Long eta, boolean byDocuments) {
        if (eta == null) {
            return null;
        }
        boolean warm = elapsed(state) != null && elapsed(state).compareTo(WARM_UP) >= 0;
        return state.planning().done() && warm && byDocuments ? "good" : "low";
    }

    private static boolean stalled(JobState state) {
        return state.status() == JobStatus.RUNNING
                && state.counters().open() > 0
                && Stream.of(
                                state.startedAt(),
                                state.pace().lastProgressAt(),
                                state.reading().movedAt())
                        .noneMatch(moved -> isRecent(moved, STALL, state));
    }

    private static Duration elapsed(JobState state) {
        if (state.startedAt() == null) {
            return null;
        }
        return Duration.between(state.startedAt(), end(state))
                .minusMillis(state.pace().pausedMillis());
    }

    private static Instant end(JobState state) {
        return switch (state.status()) {
            case PENDING, RUNNING -> state.asOf();
            case PAUSED -> state.pausedAt();
            case COMPLETED, FAILED, CANCELLED -> state.completedAt();
        };
    }

    private static boolean isRecent(Instant then, Duration age, JobState state) {
        return then != null && Duration.between(then, state.asOf()).compareTo(age) <= 0;
    }

    static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
