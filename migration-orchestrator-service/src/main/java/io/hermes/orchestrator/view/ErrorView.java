package io.hermes.orchestrator.view;

import java.util.List;

/**
 * The failed documents of a job that share a code.
 *
 * @param origin which side has to act, {@code null} for a code that this version does not know
 * @param hint what to do, {@code null} likewise
 * @param sample the first of them
 * @param samples the first five of them
 */
public record ErrorView(
        String code, String origin, boolean retryable, String hint, long count, Sample sample, List<Sample> samples) {

    /** One document of the group. */
    public record Sample(long itemId, String sourceKey, String message) {}
}
