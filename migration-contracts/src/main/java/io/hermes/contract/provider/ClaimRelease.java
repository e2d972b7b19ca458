package io.hermes.contract.provider;

/**
 * Body of {@code DELETE /internal/providers/{uuid}/claims/{jobUuid}}: what the job changed. Counted once, however often it is sent.
 *
 * @param documents documents that the job added (or removed, negative)
 * @param bytes bytes that the job added (or removed, negative)
 */
public record ClaimRelease(long documents, long bytes) {}
