package io.hermes.orchestrator.job;

/**
 * What tells a repeated request from a new one.
 *
 * @param createdBy whose key it is: users do not see each other's
 * @param text the {@code Idempotency-Key}
 * @param fingerprint of what was asked for, so that the key is not taken for another request
 */
record RequestKey(String createdBy, String text, byte[] fingerprint) {}
