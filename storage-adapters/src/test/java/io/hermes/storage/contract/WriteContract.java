package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.streamed;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole documents or nothing. */
interface WriteContract extends StoreUnderTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1})
    default void keepsAWholeDocument(int size) {
        assumeTrue(store().capabilities().has(Feature.WRITE));
        keeps(bytes(size), whole(bytes(size)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1, 5 * 1024 * 1024 + 3})
    default void keepsAStreamedDocument(int size) {
        assumeTrue(store().capabilities().has(Feature.WRITE));
        keeps(bytes(size), streamed(bytes(size)));
    }

    private void keeps(byte[] expected, DocumentContent content) {
        // When
        Written written = await(store().write(request("a/b.bin", content, Precondition.none())));

        // Then
        assertThat(written.size()).isEqualTo(expected.length);
        assertThat(written.hash()).isEqualTo(ContentHash.of(ByteBuffer.wrap(expected)));
        assertThat(read(store(), "a/b.bin")).isEqualTo(expected);
        DocumentStat stat = await(store().stat(key("a/b.bin")));
        assertThat(stat.size()).isEqualTo(expected.length);
        assertThat(stat.revision().matches(written.revision())).isTrue();
    }

    @Test
    default void replacesTheOldDocumentByTheNewOne() {
        assumeTrue(store().capabilities().has(Feature.WRITE));
        // Given
        Written first = put(store(), "a", bytes(10));

        // When
        Written second = put(store(), "a", bytes(11));

        // Then
        assertThat(second.revision().etag()).isNotEqualTo(first.revision().etag());
        assertThat(read(store(), "a")).isEqualTo(bytes(11));
        assertThat(keys(store())).containsExactly("a");
    }

    @Test
    default void actsOnSubscriptionOnly() {
        assumeTrue(store().capabilities().has(Feature.WRITE));
        // When
        Uni<Written> unused = store().write(request("a", whole(bytes(1)), Precondition.none()));

        // Then
        assertThat(keys(store())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1, 100_000, -100_000})
    default void aStreamOfAnotherLengthLeavesNothing(long difference) {
        assumeTrue(store().capabilities().has(Feature.WRITE));
        // Given
        byte[] bytes = bytes(300_000);

        // When
        ErrorKind kind =
                kindOf(store().write(request("a", streamed(bytes.length + difference, bytes), Precondition.none())));

        // Then
        assertThat(kind).isEqualTo(ErrorKind.CONTENT_TRUNCATED);
        nothingStandsUnder("a");
    }

    @Test
    default void otherBytesThanHashedLeaveNothing() {
        assumeTrue(store().capabilities().has(Feature.WRITE));
        refusesOtherBytes(whole(bytes(1000)));
        refusesOtherBytes(streamed(bytes(300_000)));
    }

    private void refusesOtherBytes(DocumentContent content) {
        // When
        ErrorKind kind = kindOf(store().write(new WriteRequest(
                key("a"),
                content,
                Optional.of(ContentHash.of(ByteBuffer.wrap(bytes(7)))),
                DocumentMetadata.NONE,
                Optional.empty(),
                Precondition.none())));

        // Then
        assertThat(kind).isEqualTo(ErrorKind.CONTENT_MISMATCH);
        nothingStandsUnder("a");
    }

    @Test
    default void aFailedStreamLeavesTheOldDocument() {
        assumeTrue(store().capabilities().has(Feature.WRITE));
        // Given
        put(store(), "a", bytes(10));
        Multi<ByteBuffer> broken = Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(ByteBuffer.wrap(bytes(100_000))),
                        Multi.createFrom()
                                .failure(new StorageException(ErrorKind.CHANGED, "read", "source", "it changed")));

        // When
        ErrorKind kind =
                kindOf(store().write(request("a", new DocumentContent.Streamed(200_000, broken), Precondition.none())));

        // Then
        assertThat(kind).isEqualTo(ErrorKind.CHANGED);
        assertThat(read(store(), "a")).isEqualTo(bytes(10));
    }

    @Test
    default void aCancelledWriteLeavesNothing() throws InterruptedException {
        assumeTrue(store().capabilities().has(Feature.WRITE));
        // Given
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Multi<ByteBuffer> endless = Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(ByteBuffer.wrap(bytes(100_000))),
                        Multi.createFrom().<ByteBuffer>nothing().onRequest().invoke(asked::countDown))
                .onCancellation()
                .invoke(cancelled::countDown);
        Cancellable write = store().write(
                        request("a", new DocumentContent.Streamed(200_000, endless), Precondition.none()))
                .subscribe()
                .with(written -> {}, failure -> {});
        asked.await();

        // When
        write.cancel();

        // Then
        cancelled.await();
        nothingStandsUnder("a");
    }

    @Test
    default void namesOfOursAreNoDocuments() {
        assumeTrue(store().capabilities().has(Feature.WRITE));
        for (String name : new String[] {".hermes-probe/a", ".hermes-tmp-1", "a/.hermes-x/b"}) {
            assertThat(kindOf(store().write(request(name, whole(bytes(1)), Precondition.none()))))
                    .isEqualTo(ErrorKind.KEY_INVALID);
        }
    }

    @Test
    default void aKeyThatIsTooLongIsRefused() {
        assumeTrue(store().capabilities().has(Feature.WRITE));
        // Given segments that every file system takes, and one character too many in all
        int limit = store().capabilities().maxKeyBytes();
        String key = "abcdefghi/".repeat(limit / 10 + 1).substring(0, limit) + "z";

        // When
        ErrorKind kind = kindOf(store().write(request(key, whole(bytes(1)), Precondition.none())));

        // Then
        assertThat(kind).isEqualTo(ErrorKind.KEY_INVALID);
    }

    private void nothingStandsUnder(String key) {
        assertThat(kindOf(store().stat(key(key)))).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(keys(store())).isEmpty();
    }
}
