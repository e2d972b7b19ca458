package io.hermes.orchestrator.job;

import io.hermes.orchestrator.plan.FilterCriteria;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What the user of a job said, without the list of documents, which may be long. The components are the entity's fields. */
@RegisterForReflection
public record JobDefinition(
        Long id,
        UUID jobUuid,
        long version,
        String jobName,
        Map<String, String> labels,
        UUID sourceProviderUuid,
        long sourceProviderId,
        String sourceProviderName,
        UUID destProviderUuid,
        long destProviderId,
        String destProviderName,
        String strategy,
        String conflictPolicy,
        String verify,
        String selectedBy,
        Integer selectedDocuments,
        UUID failedOf,
        FilterCriteria filterCriteria,
        int concurrency,
        Integer dispatchWindow,
        int batchSize,
        int maxAttempts,
        String maxFailures,
        boolean dryRun,
        boolean validate,
        boolean rollbackEnabled,
        String scheduleType,
        UUID clonedFrom,
        String createdBy,
        Instant createdAt) {}
