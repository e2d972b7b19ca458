package io.hermes.orchestrator.state;

import io.hermes.contract.job.ConflictPolicy;
import io.hermes.contract.job.Strategy;
import io.hermes.contract.job.Verify;
import java.util.Optional;
import java.util.UUID;

/**
 * What a job was told to do, as far as dispatching needs it.
 *
 * @param source provider to read
 * @param destination provider to write
 * @param concurrency documents transferred at once, over all workers
 * @param dispatchWindow documents in flight at once, absent to size it from the measured rate
 * @param maxFailures failed documents that the job bears, absent for any number
 * @param filterCriteria the selection as JSON, as it was posted
 */
public record JobTerms(
        Strategy strategy,
        ConflictPolicy conflictPolicy,
        Verify verify,
        UUID source,
        UUID destination,
        int concurrency,
        Optional<Integer> dispatchWindow,
        int maxAttempts,
        boolean dryRun,
        Optional<FailureLimit> maxFailures,
        String filterCriteria) {}
