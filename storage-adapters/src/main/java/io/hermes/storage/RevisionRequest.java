package io.hermes.storage;

import java.util.Optional;

/**
 * Which page of a document's history.
 *
 * @param key the document
 * @param token from {@link RevisionPage#next()}, empty for the newest
 * @param limit most entries wanted, 1 to 1,000
 */
public record RevisionRequest(DocumentKey key, Optional<String> token, int limit) {}
