package io.hermes.orchestrator.job;

import java.util.Optional;
import java.util.UUID;

/**
 * A wish to create a job.
 *
 * @param clonedFrom the job whose definition this one began with
 * @param key under which the same request may be sent again without making another job
 */
record NewJob(CreateJob request, String createdBy, Optional<UUID> clonedFrom, Optional<RequestKey> key) {}
