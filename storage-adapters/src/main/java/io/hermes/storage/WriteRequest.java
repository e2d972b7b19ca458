package io.hermes.storage;

import java.util.Optional;

/**
 * What to write.
 *
 * @param key where
 * @param content the bytes
 * @param hash hash of the bytes where the caller already knows it; the store checks it and fails
 *     {@link ErrorKind#CONTENT_MISMATCH} on other bytes
 * @param metadata kept with the document as far as the store can; {@link Written#metadataLoss()} names the rest
 * @param marker our signature, if the caller wants to find its own work again
 * @param precondition what must hold
 */
public record WriteRequest(
        DocumentKey key,
        DocumentContent content,
        Optional<ContentHash> hash,
        DocumentMetadata metadata,
        Optional<Marker> marker,
        Precondition precondition) {}
