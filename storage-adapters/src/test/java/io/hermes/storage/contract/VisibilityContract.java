package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.hashOf;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** While a document is written, a reader finds none, the old one or the whole new one; never a piece. */
interface VisibilityContract extends StoreUnderTest {

    @Test
    default void aReaderFindsNothingUntilTheDocumentIsWhole() throws InterruptedException {
        needs(Feature.WRITE);
        for (int size : new int[] {200_000, largeBytes()}) {
            String key = "new/" + size;
            try (Watcher watcher = new Watcher(store(), key)) {
                // When
                triesInVain(watcher, key, size);
                await(store().write(request(key, slow(watcher, size, bytes(size)), Precondition.none())));
                await(watcher.looked());

                // Then
                assertThat(watcher.seen()).containsExactlyInAnyOrder(ErrorKind.NOT_FOUND, hashOf(bytes(size)));
                assertThat(watcher.listed()).containsExactly((long) size);
            }
        }
    }

    @Test
    default void aReaderFindsTheOldDocumentUntilTheNewOneIsWhole() throws InterruptedException {
        needs(Feature.WRITE);
        for (int size : new int[] {200_000, largeBytes()}) {
            String key = "old/" + size;
            put(store(), key, bytes(100_000));
            try (Watcher watcher = new Watcher(store(), key)) {
                // When
                triesInVain(watcher, key, size);
                await(store().write(request(key, slow(watcher, size, bytes(size)), Precondition.none())));
                await(watcher.looked());

                // Then
                watcher.seen().removeAll(metWhileReplaced());
                assertThat(watcher.seen()).containsExactlyInAnyOrder(hashOf(bytes(100_000)), hashOf(bytes(size)));
                assertThat(watcher.listed()).containsExactlyInAnyOrder(100_000L, (long) size);
            }
        }
    }

    /** Every way to fail in the middle, each in view of the reader. */
    private void triesInVain(Watcher watcher, String key, int size) throws InterruptedException {
        DocumentContent longer = slow(watcher, size, bytes(size + 1));
        assertThat(kindOf(store().write(request(key, longer, Precondition.none()))))
                .isEqualTo(ErrorKind.CONTENT_TRUNCATED);
        DocumentContent shorter = slow(watcher, size, bytes(size - 1));
        assertThat(kindOf(store().write(request(key, shorter, Precondition.none()))))
                .isEqualTo(ErrorKind.CONTENT_TRUNCATED);
        assertThat(kindOf(store().write(hashed(key, slow(watcher, size, bytes(size)), hashOf(bytes(1))))))
                .isEqualTo(ErrorKind.CONTENT_MISMATCH);
        StorageException broken = new StorageException(ErrorKind.CHANGED, "read", "source", "it changed");
        assertThat(kindOf(store().write(request(
                        key, half(watcher, size, Multi.createFrom().failure(broken)), mildest(size)))))
                .isIn(ErrorKind.CHANGED, ErrorKind.PRECONDITION_FAILED);
        cancelled(watcher, key, size);
        await(watcher.looked());
    }

    private void cancelled(Watcher watcher, String key, int size) throws InterruptedException {
        CountDownLatch halfWritten = new CountDownLatch(1);
        Multi<ByteBuffer> nothing =
                Multi.createFrom().<ByteBuffer>nothing().onRequest().invoke(halfWritten::countDown);
        var write = store().write(request(key, half(watcher, size, nothing), Precondition.none()))
                .subscribe()
                .with(written -> {}, failure -> {});
        assertThat(halfWritten.await(60, TimeUnit.SECONDS)).isTrue();
        write.cancel();
    }

    /** A body in four pieces; the reader has looked after each. */
    private static DocumentContent slow(Watcher watcher, int announced, byte[] bytes) {
        List<ByteBuffer> pieces = new ArrayList<>();
        int step = (bytes.length + 3) / 4;
        for (int from = 0; from < bytes.length; from += step) {
            pieces.add(ByteBuffer.wrap(bytes, from, Math.min(step, bytes.length - from)));
        }
        return new DocumentContent.Streamed(
                announced, watched(Multi.createFrom().iterable(pieces), watcher));
    }

    private static DocumentContent half(Watcher watcher, int announced, Multi<ByteBuffer> rest) {
        Multi<ByteBuffer> begin = Multi.createFrom().item(ByteBuffer.wrap(bytes(announced / 2)));
        return new DocumentContent.Streamed(
                announced, Multi.createBy().concatenating().streams(watched(begin, watcher), rest));
    }

    /** The look at a piece happens before the next one is given, so that the store holds the piece meanwhile. */
    private static Multi<ByteBuffer> watched(Multi<ByteBuffer> pieces, Watcher watcher) {
        Multi<ByteBuffer> pause = Multi.createFrom()
                .deferred(() -> watcher.looked()
                        .onItem()
                        .transformToMulti(looked -> Multi.createFrom().<ByteBuffer>empty()));
        return pieces.onItem()
                .transformToMultiAndConcatenate(piece -> Multi.createBy()
                        .concatenating()
                        .streams(Multi.createFrom().item(piece), pause));
    }

    private static WriteRequest hashed(String key, DocumentContent content, ContentHash hash) {
        return new WriteRequest(
                key(key), content, Optional.of(hash), DocumentMetadata.NONE, Optional.empty(), Precondition.none());
    }

    @Test
    default void readersOfADocumentThatIsReplacedAgainAndAgainSeeWholeOnes() throws InterruptedException {
        needs(Feature.WRITE);
        put(store(), "a", bytes(5000));
        try (Watcher watcher = new Watcher(store(), "a")) {
            // When
            Uni<Void> writes = Multi.createFrom()
                    .range(0, 50)
                    .onItem()
                    .transformToUniAndConcatenate(round ->
                            store().write(request("a", Steps.whole(bytes(5000 + round % 2)), Precondition.none())))
                    .collect()
                    .last()
                    .replaceWithVoid();
            await(writes.runSubscriptionOn(Infrastructure.getDefaultWorkerPool()));
            await(watcher.looked());

            // Then
            watcher.seen().removeAll(metWhileReplaced());
            assertThat(watcher.seen()).isSubsetOf(hashOf(bytes(5000)), hashOf(bytes(5001)));
        }
    }
}
