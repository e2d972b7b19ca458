package io.hermes.storage;

import java.util.function.IntSupplier;

/**
 * An opened document. Whoever opened it consumes the content or cancels it; a stream that is never subscribed is closed by
 * {@link #discard()}.
 *
 * @param stat the revision that is being read
 * @param content its bytes
 * @param discard frees what the open document holds, without reading it; does nothing after the content was consumed
 * @param requests how many requests the opening and the reading took so far; grows while a large document is read
 */
public record OpenDocument(DocumentStat stat, DocumentContent content, Runnable discard, IntSupplier requests) {

    /** A document that was opened by one request and takes no more. */
    public OpenDocument(DocumentStat stat, DocumentContent content, Runnable discard) {
        this(stat, content, discard, () -> 1);
    }

    /** A document that holds nothing but memory. */
    public static OpenDocument of(DocumentStat stat, DocumentContent content) {
        return new OpenDocument(stat, content, () -> {});
    }
}
