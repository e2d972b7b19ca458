package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import io.hermes.storage.Revision;
import io.smallrye.mutiny.Multi;
import org.junit.jupiter.api.Test;

/** Deleting may be repeated, and deletes nothing but what was meant. */
interface DeleteContract extends StoreUnderTest {

    @Test
    default void deletesAsOftenAsAsked() {
        needs(Feature.WRITE);
        // Given
        put(store(), "a/b", bytes(10));
        put(store(), "a/c", bytes(10));

        // When
        await(store().delete(key("a/b"), Precondition.none()));
        await(store().delete(key("a/b"), Precondition.none()));
        await(store().delete(key("never/was"), Precondition.none()));
        await(store().delete(key("a"), Precondition.none()));

        // Then
        assertThat(keys(store())).containsExactly("a/c");
        assertThat(kindOf(store().stat(key("a/b")))).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(read(store(), "a/c")).isEqualTo(bytes(10));
    }

    /** More than a client has connections. */
    @Test
    default void takesHundredsOfDeletionsAtOnce() {
        needs(Feature.WRITE);
        // Given
        put(store(), "a", bytes(10));

        // When
        await(Multi.createFrom()
                .range(0, 500)
                .onItem()
                .transformToUni(number -> store().delete(key("gone/" + number), Precondition.none()))
                .merge(500)
                .onItem()
                .ignoreAsUni());

        // Then
        assertThat(keys(store())).containsExactly("a");
    }

    @Test
    default void deletesThatRevisionOnly() {
        needs(Feature.CONDITIONAL_DELETE);
        // Given
        Revision old = put(store(), "a", bytes(10)).revision();
        Revision present = put(store(), "a", bytes(11)).revision();

        // When
        ErrorKind refused = kindOf(store().delete(key("a"), Precondition.ifMatches(old)));
        byte[] left = read(store(), "a");
        await(store().delete(key("a"), Precondition.ifMatches(present)));

        // Then
        assertThat(refused).isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(left).isEqualTo(bytes(11));
        assertThat(kindOf(store().stat(key("a")))).isEqualTo(ErrorKind.NOT_FOUND);
    }

    @Test
    default void deletesTheRevisionThatAListingTells() {
        needs(Feature.CONDITIONAL_DELETE);
        // Given
        put(store(), "a", bytes(10));
        Revision listed = Steps.pages(store(), "", 10).get(0).entries().get(0).revision();

        // When
        await(store().delete(key("a"), Precondition.ifMatches(listed)));

        // Then
        assertThat(keys(store())).isEmpty();
    }

    @Test
    default void deletingARevisionThatIsGoneSucceeds() {
        needs(Feature.CONDITIONAL_DELETE);
        // Given
        Revision present = put(store(), "a", bytes(11)).revision();

        // When
        await(store().delete(key("a"), Precondition.ifMatches(present)));
        await(store().delete(key("a"), Precondition.ifMatches(present)));
        await(store().delete(key("never/was"), Precondition.ifMatches(present)));

        // Then
        assertThat(keys(store())).isEmpty();
    }

    @Test
    default void anotherDocumentUnderTheKeyOfADeletedOneStays() {
        needs(Feature.CONDITIONAL_DELETE);
        // Given
        Revision gone = put(store(), "a", bytes(11)).revision();
        await(store().delete(key("a"), Precondition.none()));
        put(store(), "a", bytes(12));

        // When
        ErrorKind refused = kindOf(store().delete(key("a"), Precondition.ifMatches(gone)));

        // Then
        assertThat(refused).isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(read(store(), "a")).isEqualTo(bytes(12));
    }

    /** Where the store tells the same bytes written again apart, so must the deletion: the document is a new one. */
    @Test
    default void theSameBytesWrittenAgainStayWhereTheRevisionTellsThemApart() {
        needs(Feature.CONDITIONAL_DELETE);
        // Given
        Revision first = put(store(), "a", bytes(11)).revision();
        put(store(), "a", bytes(12));
        Revision again = put(store(), "a", bytes(11)).revision();

        // When
        if (!first.etag().equals(again.etag())) {
            assertThat(kindOf(store().delete(key("a"), Precondition.ifMatches(first))))
                    .isEqualTo(ErrorKind.PRECONDITION_FAILED);
        }
        byte[] left = read(store(), "a");
        await(store().delete(key("a"), Precondition.ifMatches(again)));

        // Then
        assertThat(left).isEqualTo(bytes(11));
        assertThat(keys(store())).isEmpty();
    }

    @Test
    default void deleteIfAbsentMakesNoSense() {
        needs(Feature.WRITE);
        // Given
        put(store(), "a", bytes(1));

        // When
        ErrorKind kind = kindOf(store().delete(key("a"), Precondition.ifAbsent()));

        // Then
        assertThat(kind).isEqualTo(ErrorKind.UNSUPPORTED);
        assertThat(keys(store())).containsExactly("a");
    }
}
