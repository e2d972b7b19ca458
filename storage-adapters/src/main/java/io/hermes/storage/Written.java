package io.hermes.storage;

import java.util.List;

/**
 * A document that now stands under its key.
 *
 * @param revision its state
 * @param hash SHA-256 of the bytes that were handed to the store
 * @param size number of those bytes
 * @param proven the store checked the bytes against the hash itself, so that they need no reading back
 * @param metadataLoss names of metadata that the store cannot hold
 * @param requests requests that the write took
 */
public record Written(
        Revision revision, ContentHash hash, long size, boolean proven, List<String> metadataLoss, int requests) {

    public Written {
        metadataLoss = List.copyOf(metadataLoss);
    }
}
