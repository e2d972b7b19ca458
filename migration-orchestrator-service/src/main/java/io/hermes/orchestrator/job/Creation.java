package io.hermes.orchestrator.job;

/**
 * What became of a wish to create a job.
 *
 * @param jobId the job
 * @param fresh {@code false} if an earlier request with the same key had made it
 */
public record Creation(long jobId, boolean fresh) {}
