package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.contentOf;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionRequest;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.nio.ByteBuffer;
import java.util.Optional;
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
        reader.awaitSubscription().assertHasNotReceivedAnyItem();
        reader.awaitNextItem();
        reader.cancel();

        // Then
        assertThat(reader.getItems()).hasSize(1);
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

    @Test
    default void revisionsAreRefusedWhereTheyAreNotDeclared() {
        assumeFalse(store().capabilities().has(Feature.REVISIONS));
        put(seeder(), "a", bytes(1));
        assertThat(kindOf(store().revisions(new RevisionRequest(key("a"), Optional.empty(), 10))))
                .isEqualTo(ErrorKind.UNSUPPORTED);
    }
}
