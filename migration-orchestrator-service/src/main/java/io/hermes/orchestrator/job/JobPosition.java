package io.hermes.orchestrator.job;

import java.time.Instant;

/** A place in the list of jobs, newest first. */
public record JobPosition(Instant createdAt, long id) {}
