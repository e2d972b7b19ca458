package io.hermes.orchestrator.job;

import io.hermes.orchestrator.state.FailureLimit;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Map;

/**
 * What may change of a job at any time; body of {@code PATCH /api/v2/migrations/jobs/{id}}, a merge patch. What is {@code null} gets its
 * default again.
 *
 * @param concurrency documents of this job being transferred at once
 * @param dispatchWindow tasks queued ahead; {@code null} lets it follow from the concurrency
 * @param maxFailures failed documents that the job bears; {@code null} for any number
 * @param labels for people and their tools; a label that is {@code null} in the patch is removed
 */
public record JobTuning(
        @Min(1) @Max(4096) Integer concurrency,
        @Min(1) @Max(100_000) Integer dispatchWindow,
        @Valid FailureLimit maxFailures,

        @Size(max = 32)
        Map<
                        @Size(min = 1, max = 63) @Pattern(regexp = Texts.STORABLE, message = Texts.MESSAGE) String,
                        @NotNull @Size(max = 256) @Pattern(regexp = Texts.STORABLE, message = Texts.MESSAGE) String>
                labels) {

    public JobTuning {
        concurrency = concurrency == null ? CreateJob.CONCURRENCY : concurrency;
        labels = labels == null ? Map.of() : labels;
    }
}
