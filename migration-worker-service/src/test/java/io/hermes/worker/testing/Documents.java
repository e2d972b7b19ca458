package io.hermes.worker.testing;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.WriteRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Puts documents into a store and looks at them, as somebody else than the worker would. */
public final class Documents {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int NO_LIMIT = 128 * 1024 * 1024;

    private Documents() {}

    /** Writes a document, whatever stands there. */
    public static void put(DocumentStore store, String key, byte[] bytes) {
        put(store, key, bytes, DocumentMetadata.NONE);
    }

    public static void put(DocumentStore store, String key, byte[] bytes, DocumentMetadata metadata) {
        var written = store.write(new WriteRequest(
                        new DocumentKey(key),
                        new DocumentContent.Whole(ByteBuffer.wrap(bytes)),
                        Optional.of(ContentHash.of(ByteBuffer.wrap(bytes))),
                        metadata,
                        Optional.empty(),
                        Precondition.none()))
                .await()
                .atMost(LIMIT);
        if (written.size() != bytes.length) {
            throw new IllegalStateException("not written");
        }
    }

    public static byte[] bytesOf(DocumentStore store, String key) {
        var opened = store.read(ReadRequest.latest(new DocumentKey(key), NO_LIMIT))
                .await()
                .atMost(LIMIT);
        ByteBuffer buffer = ((DocumentContent.Whole) opened.content()).bytes().duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    public static String textOf(DocumentStore store, String key) {
        return new String(bytesOf(store, key), StandardCharsets.UTF_8);
    }

    public static DocumentStat statOf(DocumentStore store, String key) {
        return store.stat(new DocumentKey(key)).await().atMost(LIMIT);
    }

    public static List<String> keysOf(DocumentStore store) {
        ListPage page = store.list(ListRequest.everything()).await().atMost(LIMIT);
        return page.entries().stream().map(entry -> entry.key().value()).toList();
    }

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    public static String hash(byte[] bytes) {
        return ContentHash.of(ByteBuffer.wrap(bytes)).hex();
    }
}
