package io.hermes.orchestrator.view;

import io.hermes.orchestrator.state.Counters;
import io.hermes.orchestrator.state.JobStatus;
import io.hermes.orchestrator.state.PendingAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * How far a job is. {@code migrated + failed + skipped + pending = total} at every instant; {@code pending} holds whatever may
 * still change.
 *
 * @param total documents planned so far; {@code totalIsFinal} says whether more may come
 * @param percent share of the total that has ended, one decimal, 100 only when nothing is pending
 * @param rate documents a second, a moving average over some ten seconds; 0 unless the job is running and documents ended lately
 * @param etaSeconds {@code null} when unknown, never 0
 * @param pendingAction what the job becomes when nothing of it is in flight any more, or {@code null}
 * @param stalled running, with documents open, but for a minute none has ended and no byte of one was read
 * @param etaConfidence {@code good}, or {@code low} while the total is not final, in the first ten seconds, or where no document has ended
 *     lately and the bytes have to say; {@code null} without an ETA
 * @param elapsedSeconds from start to end or now, without pauses; {@code null} before the start
 * @param inProgress documents that a worker has begun
 * @param topErrors the most frequent codes among the first 10,000 failed documents
 * @param sequence rises with every change
 * @param asOf the database's clock when this was read
 */
public record ProgressView(
        long jobId,
        UUID jobUuid,
        String status,
        String outcome,
        String phase,
        String statusReason,
        String pendingAction,
        long total,
        long migrated,
        long failed,
        long skipped,
        long pending,
        double percent,
        double rate,
        Long etaSeconds,
        boolean totalIsFinal,
        long inProgress,
        boolean stalled,
        String etaConfidence,
        Bytes bytes,
        Validation validation,
        long retries,
        long sourceDeletesPending,
        Long elapsedSeconds,
        Workers workers,
        List<TopError> topErrors,
        long sequence,
        Instant asOf) {

    private static final int TOP = 5;

    /**
     * Sizes.
     *
     * @param total of the documents planned so far
     * @param transferred of those migrated, and what was read so far of those in flight; never more than the total
     * @param rate bytes a second: of documents that ended lately, else of those being read
     */
    public record Bytes(long total, long transferred, long rate) {}

    /**
     * Documents whose content was proven equal, proven different, or is not yet proven. Once a copy job looks at its destination: migrated
     * documents that were found there as they were written, otherwise, or not looked at yet.
     */
    public record Validation(long matched, long mismatched, long outstanding) {}

    /**
     * Who works.
     *
     * @param active workers that gave a sign of life in the last half minute
     * @param consumerLag tasks of all jobs that lie in the broker and that the workers have not committed, {@code null} while unknown
     */
    public record Workers(long active, Long consumerLag) {}

    /** How often documents ended with this code. */
    public record TopError(String code, long count, boolean retryable) {}

    /** What stands beside the job's state, read by the same statement. */
    record Context(UUID jobUuid, boolean comparison, Workers workers, long releasing, List<TopError> errors) {}

    static ProgressView of(JobState state, Context context) {
        Counters counters = state.counters();
        Figures figures = Figures.of(state);
        return new ProgressView(
                state.id(),
                context.jobUuid(),
                state.status().word(),
                state.outcome(),
                state.planning().phase(),
                state.statusReason(),
                state.pendingAction().map(PendingAction::word).orElse(null),
                counters.scanned(),
                counters.migrated(),
                counters.failed(),
                counters.skipped(),
                counters.open(),
                figures.percent(),
                figures.rate(),
                figures.etaSeconds(),
                state.planning().done(),
                counters.inProgress(),
                figures.stalled(),
                figures.etaConfidence(),
                new Bytes(
                        state.bytes().planned(),
                        state.bytes().migrated() + state.reading().bytes(),
                        figures.byteRate()),
                validation(state, context),
                state.retries(),
                context.releasing(),
                figures.elapsedSeconds(),
                context.workers(),
                context.errors().stream().limit(TOP).toList(),
                state.sequence(),
                state.asOf());
    }

    /** Whether it is worth asking again soon. */
    public boolean active() {
        return status.equals(JobStatus.RUNNING.word());
    }

    /** Whether the job has ended; then nothing of it is in flight either. */
    public boolean ended() {
        return JobStatus.of(status).terminal();
    }

    /** What tells this state from the next, in 16 hex digits: everything but the clock and what only follows from it. */
    public String fingerprint() {
        String state = List.of(
                        sequence,
                        status,
                        phase,
                        total,
                        migrated,
                        failed,
                        skipped,
                        inProgress,
                        bytes,
                        rate,
                        stalled,
                        workers.active())
                + statusReason
                + pendingAction;
        UUID hash = UUID.nameUUIDFromBytes(state.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(hash.getMostSignificantBits());
    }

    private static Validation validation(JobState state, Context context) {
        JobState.Validation seen = state.validation();
        long migrated = state.counters().migrated();
        return seen.status() == null || context.comparison()
                ? new Validation(
                        migrated, mismatched(context.errors()), state.counters().inProgress())
                : new Validation(seen.matched(), seen.mismatched(), migrated - seen.matched() - seen.mismatched());
    }

    private static long mismatched(List<TopError> errors) {
        return errors.stream()
                .filter(error -> error.code().equals("CONTENT_HASH_MISMATCH"))
                .mapToLong(TopError::count)
                .sum();
    }
}
