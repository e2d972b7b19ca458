package io.hermes.orchestrator.validate;

import io.hermes.contract.job.Strategy;
import io.hermes.orchestrator.plan.FilterCriteria;
import io.hermes.orchestrator.state.Takeover;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The right to look at a job's destination, until somebody raises the epoch.
 *
 * @param epoch under which findings may be committed
 * @param pass marks items that have had their turn
 * @param stage where an earlier owner stood, empty at the beginning
 * @param migrated documents that the job has completed
 * @param unread whether documents of the source have failed before their destination key was known
 */
record ValidationClaim(
        long jobId,
        int epoch,
        int pass,
        Optional<Stage> stage,
        long migrated,
        boolean unread,
        Strategy strategy,
        UUID destination,
        Instant started,
        FilterCriteria criteria)
        implements Takeover.Claim {}
