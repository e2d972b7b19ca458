package io.hermes.storage;

/**
 * An opened document. Whoever opened it consumes the content or cancels it; a stream that is never subscribed is closed by
 * {@link #discard()}.
 *
 * @param stat the revision that is being read
 * @param content its bytes
 * @param discard frees what the open document holds, without reading it; does nothing after the content was consumed
 */
public record OpenDocument(DocumentStat stat, DocumentContent content, Runnable discard) {

    /** A document that holds nothing but memory. */
    public static OpenDocument of(DocumentStat stat, DocumentContent content) {
        return new OpenDocument(stat, content, () -> {});
    }
}
