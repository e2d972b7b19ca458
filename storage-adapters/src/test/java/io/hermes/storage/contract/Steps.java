package io.hermes.storage.contract;

import static org.assertj.core.api.Assertions.fail;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The steps that contract tests are written in. */
public final class Steps {

    /** Above this size {@link #read} asks for a stream. */
    static final int WHOLE_UP_TO = 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PIECE = 64 * 1024;
    /** A test never plants more names that are no documents. */
    private static final int PLANTED = 8;

    private Steps() {}

    public static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    /** The error that the call must end with. */
    public static StorageException failureOf(Uni<?> uni) {
        try {
            Object result = await(uni);
            return fail("expected a failure, got " + result);
        } catch (StorageException expected) {
            return expected;
        }
    }

    public static ErrorKind kindOf(Uni<?> uni) {
        return failureOf(uni).kind();
    }

    public static DocumentKey key(String value) {
        return new DocumentKey(value);
    }

    /** Bytes that look like nothing, the same for the same size. */
    public static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    public static ContentHash hashOf(byte[] bytes) {
        return ContentHash.of(ByteBuffer.wrap(bytes));
    }

    public static DocumentContent whole(byte[] bytes) {
        return new DocumentContent.Whole(ByteBuffer.wrap(bytes));
    }

    /** A stream of uneven pieces that announces its true size. */
    public static DocumentContent streamed(byte[] bytes) {
        return streamed(bytes.length, bytes);
    }

    /** A stream that announces any size. */
    public static DocumentContent streamed(long announced, byte[] bytes) {
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int from = 0, piece = 1; from < bytes.length; from += piece, piece = PIECE - 7) {
            pieces.add(ByteBuffer.wrap(bytes, from, Math.min(piece, bytes.length - from)));
        }
        return new DocumentContent.Streamed(announced, Multi.createFrom().iterable(pieces));
    }

    public static WriteRequest request(String key, DocumentContent content, Precondition precondition) {
        return new WriteRequest(
                key(key), content, Optional.empty(), DocumentMetadata.NONE, Optional.empty(), precondition);
    }

    public static Written put(DocumentStore store, String key, byte[] bytes) {
        return await(store.write(request(key, whole(bytes), Precondition.none())));
    }

    /** The whole document, whichever shape it came in. */
    public static byte[] read(DocumentStore store, String key) {
        return contentOf(await(store.read(ReadRequest.latest(key(key), WHOLE_UP_TO))));
    }

    public static byte[] contentOf(OpenDocument document) {
        return switch (document.content()) {
            case DocumentContent.Whole whole -> arrayOf(List.of(whole.bytes()));
            case DocumentContent.Streamed stream ->
                arrayOf(await(stream.bytes().collect().asList()));
        };
    }

    static byte[] arrayOf(List<ByteBuffer> buffers) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer buffer : buffers) {
            byte[] piece = new byte[buffer.remaining()];
            buffer.duplicate().get(piece);
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    /** Every page below the prefix. A listing that turns in circles or does not end is a failure, not a test that hangs. */
    public static List<ListPage> pages(DocumentStore store, String prefix, int limit) {
        List<ListPage> pages = new ArrayList<>();
        Set<String> tokens = new HashSet<>();
        ListRequest request = new ListRequest(prefix, Optional.empty(), limit);
        for (Optional<ListRequest> next = Optional.of(request); next.isPresent(); ) {
            ListPage page = await(store.list(next.get()));
            pages.add(page);
            page.next()
                    .filter(token -> !tokens.add(token))
                    .ifPresent(token -> fail("page " + pages.size() + " below '" + prefix
                            + "' names a token that was followed before: " + token));
            refuseEmptyPagesWithoutEnd(pages, prefix);
            next = page.next().map(request::after);
        }
        return pages;
    }

    /** Names that are no documents may leave a page empty: some of tests, and one of the store's own beside each document. */
    private static void refuseEmptyPagesWithoutEnd(List<ListPage> pages, String prefix) {
        long documents = pages.stream().mapToLong(page -> page.entries().size()).sum();
        if (pages.size() > 2 * documents + 2 + PLANTED) {
            fail(pages.size() + " pages below '" + prefix + "' hold only " + documents + " documents and do not end");
        }
    }

    /** Every key below the prefix, in the store's order. */
    public static List<String> keys(DocumentStore store, String prefix, int limit) {
        return pages(store, prefix, limit).stream()
                .flatMap(page -> page.entries().stream())
                .map(entry -> entry.key().value())
                .toList();
    }

    public static List<String> keys(DocumentStore store) {
        return keys(store, "", ListRequest.MAX_LIMIT);
    }
}
