package io.hermes.orchestrator.api;

import io.hermes.contract.event.ErrorCode;
import jakarta.validation.constraints.NotNull;

/**
 * Body of {@code POST …/jobs/{id}/items/retry}.
 *
 * @param errorCode those that failed with this, as {@code …/errors} groups them
 */
public record RetryItems(@NotNull ErrorCode errorCode) {}
