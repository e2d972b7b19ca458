package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.contentOf;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The bytes of one revision, counted. */
interface ReadContract extends StoreUnderTest {

    @Test
    default void givesSmallDocumentsWholeAndLargeOnesAsAStream() {
        // Given
        put(seeder(), "small", bytes(1000));
        put(seeder(), "large", bytes(1001));

        // When
        OpenDocument small = await(store().read(ReadRequest.latest(key("small"), 1000)));
        OpenDocument large = await(store().read(ReadRequest.latest(key("large"), 1000)));

        // Then
        assertThat(small.content()).isInstanceOf(DocumentContent.Whole.class);
        assertThat(large.content()).isInstanceOf(DocumentContent.Streamed.class);
        assertThat(large.content().size()).isEqualTo(1001);
        assertThat(large.stat().size()).isEqualTo(1001);
        assertThat(contentOf(small)).isEqualTo(bytes(1000));
        assertThat(contentOf(large)).isEqualTo(bytes(1001));
    }

    @Test
    default void aDocumentThatIsNotThereIsNotFound() {
        put(seeder(), "a/b", bytes(1));
        for (String key : new String[] {"b", "a", "a/b/c", "a/c"}) {
            assertThat(kindOf(store().stat(key(key)))).isEqualTo(ErrorKind.NOT_FOUND);
            assertThat(kindOf(store().read(ReadRequest.latest(key(key), 1000)))).isEqualTo(ErrorKind.NOT_FOUND);
        }
    }

    @Test
    default void readsAPinnedRevisionOrFails() {
        // Given
        Revision old = put(seeder(), "a", bytes(10)).revision();
        Revision present = put(seeder(), "a", bytes(11)).revision();

        // When
        OpenDocument pinned = await(store().read(new ReadRequest(key("a"), Optional.of(present), 1000)));
        ReadRequest stale = new ReadRequest(key("a"), Optional.of(Revision.of(old.etag())), 1000);

        // Then
        assertThat(contentOf(pinned)).isEqualTo(bytes(11));
        assertThat(pinned.stat().revision().matches(present)).isTrue();
        assertThat(kindOf(store().read(stale))).isEqualTo(ErrorKind.CHANGED);
    }

    @Test
    default void aListedRevisionCanBeRead() {
        // Given
        put(seeder(), "a", bytes(10));
        Revision listed = Steps.pages(store(), "", 10).get(0).entries().get(0).revision();

        // When
        OpenDocument document = await(store().read(new ReadRequest(key("a"), Optional.of(listed), 1000)));

        // Then
        assertThat(contentOf(document)).isEqualTo(bytes(10));
    }

    @Test
    default void aStreamWaitsForDemandAndCanBeLeft() {
        // Given
        put(seeder(), "a", bytes(3 * 1024 * 1024));
        OpenDocument document = await(store().read(ReadRequest.latest(key("a"), 0)));
        AssertSubscriber<ByteBuffer> reader = AssertSubscriber.create(0);

        // When
        ((DocumentContent.Streamed) document.content()).bytes().subscribe().withSubscriber(reader);
        reader.awaitSubscription();
        long asked = roundTrip(reader);
        reader.awaitNextItem();
        long one = roundTrip(reader);
        reader.cancel();

        // Then
        assertThat(asked).as("buffers before one was asked for").isZero();
        assertThat(one).as("buffers when one was asked for").isEqualTo(1);
        document.discard().run();
        assertThat(read(store(), "a")).isEqualTo(bytes(3 * 1024 * 1024));
    }

    @Test
    default void aDocumentCanBeDiscardedUnread() {
        // Given
        put(seeder(), "a", bytes(3 * 1024 * 1024));
        OpenDocument document = await(store().read(ReadRequest.latest(key("a"), 0)));

        // When
        document.discard().run();
        document.discard().run();

        // Then
        assertThat(read(store(), "a")).hasSize(3 * 1024 * 1024);
    }

    /** Lets the store do something else, so that buffers that nobody asked for have time to come. */
    private long roundTrip(AssertSubscriber<ByteBuffer> reader) {
        assertThat(await(store().stat(key("a"))).size()).isPositive();
        return reader.getItems().size();
    }

    @Test
    default void aStreamGivesOneBufferForEachThatIsAskedFor() {
        // Given
        put(seeder(), "a", bytes(1024 * 1024));
        OpenDocument document = await(store().read(ReadRequest.latest(key("a"), 0)));
        AssertSubscriber<ByteBuffer> reader = AssertSubscriber.create(0);

        // When
        ((DocumentContent.Streamed) document.content()).bytes().subscribe().withSubscriber(reader);
        while (Steps.arrayOf(reader.getItems()).length < 1024 * 1024) {
            int before = reader.getItems().size();
            reader.awaitNextItem();
            assertThat(reader.getItems()).hasSize(before + 1);
        }

        // Then the end may take one more request
        reader.request(1);
        reader.awaitCompletion();
        assertThat(Steps.arrayOf(reader.getItems())).isEqualTo(bytes(1024 * 1024));
    }

    @Test
    default void aStreamIsReadOnceOrWholeAgain() {
        // Given
        put(seeder(), "a", bytes(300_000));
        DocumentContent.Streamed content = (DocumentContent.Streamed)
                await(store().read(ReadRequest.latest(key("a"), 0))).content();
        byte[] first = Steps.arrayOf(await(content.bytes().collect().asList()));

        // When
        Uni<byte[]> second = content.bytes().collect().asList().map(Steps::arrayOf);

        // Then
        assertThat(first).isEqualTo(bytes(300_000));
        try {
            assertThat(await(second)).isEqualTo(first);
        } catch (StorageException refused) {
            assertThat(refused.kind()).isEqualTo(ErrorKind.INTERNAL);
        }
    }

    /** Replaced by a smaller, a larger and an equally large document, and deleted: the old bytes, all of them, or an error. */
    @Test
    default void aDocumentThatChangesWhileItIsReadIsTheOldOneOrAnError() {
        byte[] old = bytes(3 * 1024 * 1024);
        byte[] sameSize = old.clone();
        sameSize[old.length - 1]++;
        changesWhileRead(old, () -> put(seeder(), "a", bytes(100)));
        changesWhileRead(old, () -> put(seeder(), "a", bytes(old.length + 100)));
        changesWhileRead(old, () -> put(seeder(), "a", sameSize));
        changesWhileRead(old, () -> await(seeder().delete(key("a"), Precondition.none())));
    }

    private void changesWhileRead(byte[] old, Runnable change) {
        // Given
        put(seeder(), "a", old);
        OpenDocument document = await(store().read(ReadRequest.latest(key("a"), 0)));
        AssertSubscriber<ByteBuffer> reader = AssertSubscriber.create(0);
        ((DocumentContent.Streamed) document.content()).bytes().subscribe().withSubscriber(reader);
        reader.awaitNextItem();

        // When
        change.run();
        reader.request(Long.MAX_VALUE);

        // Then
        if (hasFailed(reader)) {
            assertThat(reader.getFailure())
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            failure -> assertThat(failure.kind())
                                    .isIn(ErrorKind.CHANGED, ErrorKind.NOT_FOUND, ErrorKind.CONTENT_TRUNCATED));
        } else {
            assertThat(Steps.arrayOf(reader.getItems())).isEqualTo(old);
        }
    }

    private static boolean hasFailed(AssertSubscriber<ByteBuffer> reader) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(reader.hasCompleted() || reader.getFailure() != null)
                        .as("the body ended")
                        .isTrue());
        return reader.getFailure() != null;
    }

    @Test
    default void anEmptyDocumentIsADocument() {
        put(seeder(), "a", bytes(0));
        OpenDocument document = await(store().read(ReadRequest.latest(key("a"), 0)));
        assertThat(document.stat().size()).isZero();
        assertThat(contentOf(document)).isEmpty();
        assertThat(Steps.keys(store())).containsExactly("a");
    }
}
