package io.hermes.storage;

import java.util.List;
import java.util.stream.Stream;

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

    /** The same result, now that its revision is known. */
    public Written at(Revision standing) {
        return new Written(standing, hash, size, proven, metadataLoss, requests);
    }

    /** The same result after more requests, with more loss. */
    public Written after(int moreRequests, List<String> moreLoss) {
        return new Written(
                revision,
                hash,
                size,
                proven,
                Stream.concat(metadataLoss.stream(), moreLoss.stream()).toList(),
                requests + moreRequests);
    }
}
