package io.hermes.orchestrator.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.contract.job.ConflictPolicy;
import io.hermes.contract.job.Strategy;
import io.hermes.contract.job.Verify;
import io.hermes.orchestrator.plan.FilterCriteria;
import io.hermes.orchestrator.state.FailureLimit;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Body of {@code POST /api/v2/migrations/jobs}. What is absent or {@code null} gets its default here, so that nobody further in
 * has to know one.
 *
 * @param jobName for people; need not be unique
 * @param sourceProvider where the documents are
 * @param destProvider where they shall be
 * @param strategy default {@code copy}
 * @param documentUuids exactly these documents, each counted once; empty selects by {@code filterCriteria}
 * @param documentKeys exactly these keys of the source, each counted once, in place of {@code documentUuids}
 * @param failedOf the documents that have failed in this job (by id or UUID) of the same source, in place of both
 * @param documentList the keys come as a file, by {@code PUT …/documents}, before the job is started; default {@code false}
 * @param filterCriteria which documents; absent selects everything
 * @param transformRules refused as long as there is nothing that applies them
 * @param conflictPolicy default {@code skip_identical}
 * @param verify default {@code store_checked}, for a move and a comparison {@code read_back}
 * @param validate default {@code true}: when all documents are through, the destination is looked at once more; a comparison looks for
 *     documents that only the destination has
 * @param concurrency documents of this job being transferred at once, default 32
 * @param dispatchWindow tasks queued ahead; {@code null} lets it follow from the concurrency
 * @param batchSize items planned or dispatched in one transaction, default 100
 * @param maxAttempts reported failures after which an item fails for good, default 3
 * @param maxFailures failed documents that the job bears before it is stopped; {@code null} for any number
 * @param dryRun default {@code false}
 * @param rollbackEnabled default {@code true}
 * @param labels for people and their tools
 */
public record CreateJob(
        @NotBlank @Size(max = CreateJob.LONGEST_NAME) @Pattern(regexp = Texts.STORABLE, message = Texts.MESSAGE)
        String jobName,

        @NotNull @Valid ProviderRef sourceProvider,
        @NotNull @Valid ProviderRef destProvider,
        Strategy strategy,

        @Size(max = CreateJob.MAX_DOCUMENTS)
        List<@NotNull @Pattern(regexp = Ids.UUID_FORM, message = "must be a UUID") String> documentUuids,

        @Size(max = CreateJob.MAX_DOCUMENTS)
        List<
                        @NotNull @Size(min = 1, max = CreateJob.LONGEST_KEY)
                        @Pattern(regexp = Texts.STORABLE, message = Texts.MESSAGE) String>
                documentKeys,

        @Pattern(regexp = Ids.UUID_FORM + "|[1-9][0-9]{0,18}", message = "must be the id or UUID of a job")
        String failedOf,

        Boolean documentList,
        FilterCriteria filterCriteria,
        JsonNode transformRules,
        ConflictPolicy conflictPolicy,
        Verify verify,
        Boolean validate,
        @Min(1) @Max(4096) Integer concurrency,
        @Min(1) @Max(100_000) Integer dispatchWindow,
        @Min(1) @Max(1000) Integer batchSize,
        @Min(1) @Max(100) Integer maxAttempts,
        @Valid FailureLimit maxFailures,
        Boolean dryRun,
        Boolean rollbackEnabled,

        @Size(max = 32)
        Map<
                        @Size(min = 1, max = 63) @Pattern(regexp = Texts.STORABLE, message = Texts.MESSAGE) String,
                        @NotNull @Size(max = 256) @Pattern(regexp = Texts.STORABLE, message = Texts.MESSAGE) String>
                labels) {

    static final int LONGEST_NAME = 200;
    static final int MAX_DOCUMENTS = 10_000;
    static final int CONCURRENCY = 32;
    static final int LONGEST_KEY = 2048;

    public CreateJob {
        strategy = orDefault(strategy, Strategy.COPY);
        documentUuids = orDefault(documentUuids, List.of());
        documentKeys = orDefault(documentKeys, List.of());
        documentList = orDefault(documentList, false);
        filterCriteria = orDefault(filterCriteria, FilterCriteria.EVERYTHING);
        conflictPolicy = orDefault(conflictPolicy, ConflictPolicy.SKIP_IDENTICAL);
        verify = orDefault(
                verify,
                strategy == Strategy.MOVE || strategy == Strategy.VERIFY ? Verify.READ_BACK : Verify.STORE_CHECKED);
        validate = orDefault(validate, true);
        concurrency = orDefault(concurrency, CONCURRENCY);
        batchSize = orDefault(batchSize, 100);
        maxAttempts = orDefault(maxAttempts, 3);
        dryRun = orDefault(dryRun, false);
        rollbackEnabled = orDefault(rollbackEnabled, true);
        labels = orDefault(labels, Map.of());
    }

    /**
     * The request that would make such a job again under another name.
     *
     * @param documents and
     * @param keys as the job has them; a job that took another one's failures takes them anew, and one that had a list wants its own
     */
    static CreateJob of(JobDefinition job, String jobName, List<UUID> documents, List<String> keys) {
        return new CreateJob(
                jobName,
                ProviderRef.of(job.sourceProviderUuid().toString()),
                ProviderRef.of(job.destProviderUuid().toString()),
                Strategy.valueOf(job.strategy().toUpperCase(Locale.ROOT)),
                documents.stream().map(UUID::toString).toList(),
                job.failedOf() == null ? keys : List.of(),
                job.failedOf() == null ? null : job.failedOf().toString(),
                job.selectedBy().equals("documentList"),
                job.filterCriteria(),
                null,
                ConflictPolicy.valueOf(job.conflictPolicy().toUpperCase(Locale.ROOT)),
                Verify.valueOf(job.verify().toUpperCase(Locale.ROOT)),
                job.validate(),
                job.concurrency(),
                job.dispatchWindow(),
                job.batchSize(),
                job.maxAttempts(),
                job.maxFailures() == null ? null : FailureLimit.of(job.maxFailures()),
                job.dryRun(),
                job.rollbackEnabled(),
                job.labels());
    }

    /** The documents asked for, each once, in the order of the request. Only after validation. */
    List<UUID> documents() {
        return documentUuids.stream().map(UUID::fromString).distinct().toList();
    }

    /** The keys asked for, each once, in the order of the request. */
    List<String> keys() {
        return documentKeys.stream().distinct().toList();
    }

    Optional<JobRef> failuresOf() {
        return Optional.ofNullable(failedOf).map(JobRef::parse);
    }

    boolean hasTransformRules() {
        return transformRules != null && !transformRules.isNull();
    }

    private static <T> T orDefault(T value, T standard) {
        return value == null ? standard : value;
    }
}
