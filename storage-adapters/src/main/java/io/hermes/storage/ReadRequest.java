package io.hermes.storage;

import java.util.Optional;

/**
 * What to open.
 *
 * @param key the document
 * @param revision only this revision, or whatever is there
 * @param wholeUpTo up to this size the content is given as {@link DocumentContent.Whole}, above it as a stream
 */
public record ReadRequest(DocumentKey key, Optional<Revision> revision, long wholeUpTo) {

    /** Whatever is there. */
    public static ReadRequest latest(DocumentKey key, long wholeUpTo) {
        return new ReadRequest(key, Optional.empty(), wholeUpTo);
    }
}
