package io.hermes.orchestrator.view;

import io.hermes.orchestrator.job.JobAction;
import io.hermes.orchestrator.job.JobDefinition;
import io.hermes.orchestrator.plan.FilterCriteria;
import io.hermes.orchestrator.state.Counters;
import io.hermes.orchestrator.state.FailureLimit;
import io.hermes.orchestrator.state.PendingAction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A job as the API shows it, alone and in lists. A superset of the original's fields (SPEC §1.11), which is why {@code validate}
 * also goes by {@code validateAfter}.
 *
 * @param version what {@code ETag} says
 * @param clonedFrom the job whose definition this one began with, or {@code null}
 * @param outcome {@code success}, {@code partial}, {@code failed} or {@code cancelled}; {@code null} before the end
 * @param pendingAction what the job becomes when nothing of it is in flight any more, or {@code null}
 * @param validationStatus of the look at the destination: {@code pending}, {@code passed} or {@code failed}; {@code null} if there was
 *     none, or not yet
 * @param validationErrors what it found, {@code null} if nothing
 * @param statusReason why a running job waits, or why a job failed, or {@code null}
 */
public record JobView(
        long id,
        UUID jobUuid,
        long version,
        String jobName,
        Map<String, String> labels,
        String sourceProvider,
        long sourceProviderId,
        UUID sourceProviderUuid,
        String destProvider,
        long destProviderId,
        UUID destProviderUuid,
        String strategy,
        String conflictPolicy,
        String verify,
        boolean dryRun,
        boolean validate,
        boolean validateAfter,
        String validationStatus,
        ValidationErrors validationErrors,
        boolean rollbackEnabled,
        Selection selection,
        FilterCriteria filterCriteria,
        int concurrency,
        Integer dispatchWindow,
        int batchSize,
        int maxAttempts,
        FailureLimit maxFailures,
        Schedule schedule,
        String status,
        String outcome,
        String phase,
        String pendingAction,
        String statusReason,
        List<JobAction> allowedActions,
        long totalDocuments,
        long migratedDocuments,
        long failedDocuments,
        long skippedDocuments,
        Progress progress,
        UUID clonedFrom,
        String createdBy,
        Instant createdAt,
        Instant startedAt,
        Instant completedAt,
        Instant updatedAt,
        Links links) {

    /** When the job runs: {@code manual} is by hand. */
    public record Schedule(String type) {}

    /**
     * Which documents the job is about, before its criteria are applied.
     *
     * @param by {@code criteria} alone, or the field of the request that named documents
     * @param documents how many were named, {@code null} if none were
     * @param failedOf the job whose failures they are, or {@code null}
     */
    public record Selection(String by, Integer documents, UUID failedOf) {}

    /**
     * Migrated documents that do not stand at the destination as they were written.
     *
     * @param count how many
     * @param first the first hundred of them
     */
    public record ValidationErrors(long count, List<ValidationError> first) {

        static ValidationErrors of(JobState.Validation validation) {
            return validation.mismatched() == 0 || validation.status() == null
                    ? null
                    : new ValidationErrors(validation.mismatched(), validation.first());
        }
    }

    /** The three figures that a list shows; the rest is at {@code links.progress}. */
    public record Progress(double percent, double rate, Long etaSeconds) {}

    /** Paths on this service. */
    public record Links(String self, String progress, String items, String errors, String timeline, String events) {
        static Links of(UUID job) {
            String self = "/api/v2/migrations/jobs/" + job;
            return new Links(
                    self, self + "/progress", self + "/items", self + "/errors", self + "/timeline", self + "/events");
        }
    }

    static JobView of(JobDefinition job, JobState state) {
        Counters counters = state.counters();
        Figures figures = Figures.of(state);
        return new JobView(
                job.id(),
                job.jobUuid(),
                job.version(),
                job.jobName(),
                job.labels(),
                job.sourceProviderName(),
                job.sourceProviderId(),
                job.sourceProviderUuid(),
                job.destProviderName(),
                job.destProviderId(),
                job.destProviderUuid(),
                job.strategy(),
                job.conflictPolicy(),
                job.verify(),
                job.dryRun(),
                job.validate(),
                job.validate(),
                state.validation().status(),
                ValidationErrors.of(state.validation()),
                job.rollbackEnabled(),
                new Selection(job.selectedBy(), job.selectedDocuments(), job.failedOf()),
                job.filterCriteria(),
                job.concurrency(),
                job.dispatchWindow(),
                job.batchSize(),
                job.maxAttempts(),
                job.maxFailures() == null ? null : FailureLimit.of(job.maxFailures()),
                new Schedule(job.scheduleType()),
                state.status().word(),
                state.outcome(),
                state.planning().phase(),
                state.pendingAction().map(PendingAction::word).orElse(null),
                state.statusReason(),
                JobAction.allowed(state.status(), state.pendingAction(), state.retryable()),
                counters.scanned(),
                counters.migrated(),
                counters.failed(),
                counters.skipped(),
                new Progress(figures.percent(), figures.rate(), figures.etaSeconds()),
                job.clonedFrom(),
                job.createdBy(),
                job.createdAt(),
                state.startedAt(),
                state.completedAt(),
                state.updatedAt(),
                Links.of(job.jobUuid()));
    }
}
