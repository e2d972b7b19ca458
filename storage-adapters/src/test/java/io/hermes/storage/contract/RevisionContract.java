package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.contentOf;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionPage;
import io.hermes.storage.RevisionRequest;
import io.hermes.storage.WriteRequest;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A document's past: complete, in order, readable, and never lost by bringing some of it back. */
interface RevisionContract extends StoreUnderTest {

    @Test
    default void historyIsNewestFirstHoweverItIsPaged() {
        assumeHistory();
        // Given states that follow each other within one second
        Revision first = put(store(), "a", bytes(10)).revision();
        Revision second = put(store(), "a", bytes(20)).revision();
        await(store().delete(key("a"), Precondition.none()));
        Revision third = put(store(), "a", bytes(30)).revision();
        await(store().delete(key("a"), Precondition.none()));
        Revision last = put(store(), "a", bytes(40)).revision();

        for (int limit : List.of(1, 2, 3, 5, 1000)) {
            // When
            List<RevisionPage.Entry> history = history("a", limit);

            // Then
            assertThat(history)
                    .as("in pages of %s", limit)
                    .extracting(RevisionPage.Entry::size)
                    .containsExactly(40L, 0L, 30L, 0L, 20L, 10L);
            assertThat(history)
                    .extracting(RevisionPage.Entry::deletion)
                    .containsExactly(false, true, false, true, false, false);
            assertThat(history)
                    .extracting(RevisionPage.Entry::latest)
                    .containsExactly(true, false, false, false, false, false);
            assertThat(history)
                    .allSatisfy(entry -> assertThat(entry.revision().version()).isPresent());
            assertThat(history.get(0).revision().matches(last)).isTrue();
            assertThat(history.get(2).revision().matches(third)).isTrue();
            assertThat(history.get(4).revision().matches(second)).isTrue();
            assertThat(history.get(5).revision().matches(first)).isTrue();
        }
    }

    @Test
    default void theHistoryOfADeletedDocumentBeginsWithItsDeletion() {
        assumeHistory();
        // Given
        Revision written = put(store(), "a", bytes(10)).revision();
        await(store().delete(key("a"), Precondition.none()));

        // When
        List<RevisionPage.Entry> history = history("a", 10);

        // Then
        assertThat(history).hasSize(2);
        assertThat(history.get(0).deletion()).isTrue();
        assertThat(history.get(0).latest()).isTrue();
        assertThat(history.get(1).latest()).isFalse();
        assertThat(history.get(1).revision().matches(written)).isTrue();
        assertThat(kindOf(store().stat(key("a")))).isEqualTo(ErrorKind.NOT_FOUND);
    }

    @Test
    default void neighboursHaveHistoriesOfTheirOwn() {
        assumeHistory();
        // Given more of the neighbours' states than a page takes
        List<String> neighbours = List.of("a!", "a-b", "a.b", "a0", "aa", "ab");
        for (int round = 1; round <= 2; round++) {
            int size = round;
            put(store(), "a", bytes(size));
            neighbours.forEach(neighbour -> put(store(), neighbour, bytes(100 + size)));
        }

        for (int limit : List.of(1, 2, 3, 1000)) {
            // When
            List<RevisionPage.Entry> history = history("a", limit);

            // Then
            assertThat(history).extracting(RevisionPage.Entry::size).containsExactly(2L, 1L);
        }
        assertThat(history("aa", 1)).extracting(RevisionPage.Entry::size).containsExactly(102L, 101L);
    }

    @Test
    default void aDocumentBelowIsNoRevision() {
        assumeHistory();
        needsNot(Feature.HIERARCHICAL);
        // Given
        put(store(), "a", bytes(1));
        put(store(), "a/b", bytes(2));
        put(store(), "a", bytes(3));

        // Then
        assertThat(history("a", 1)).extracting(RevisionPage.Entry::size).containsExactly(3L, 1L);
        assertThat(history("a/b", 1)).extracting(RevisionPage.Entry::size).containsExactly(2L);
    }

    @Test
    default void whatNeverWasHasNoHistory() {
        needs(Feature.REVISIONS);
        put(seeder(), "ab", bytes(1));
        assertThat(history("a", 10)).isEmpty();
    }

    @Test
    default void everyRevisionCanBeRead() {
        assumeHistory();
        // Given
        for (int size = 1; size <= 4; size++) {
            put(store(), "a", bytes(size));
        }
        await(store().delete(key("a"), Precondition.none()));

        for (RevisionPage.Entry entry : history("a", 10).subList(1, 5)) {
            // When
            OpenDocument document = await(open("a", entry.revision()));

            // Then
            assertThat(contentOf(document)).isEqualTo(bytes((int) entry.size()));
            assertThat(document.stat().revision().matches(entry.revision())).isTrue();
        }
    }

    @Test
    default void aDeletionCannotBeReadOrRestored() {
        assumeHistory();
        // Given
        put(store(), "a", bytes(1));
        await(store().delete(key("a"), Precondition.none()));
        Revision deletion = history("a", 10).get(0).revision();

        // Then
        assertThat(kindOf(open("a", deletion))).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(kindOf(store().restore(key("a"), deletion, Precondition.none())))
                .isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(history("a", 10)).hasSize(2);
    }

    @Test
    default void aRevisionBelongsToItsDocument() {
        assumeHistory();
        // Given
        put(store(), "a", bytes(1));
        put(store(), "b", bytes(2));
        Revision another = history("b", 1).get(0).revision();

        // Then
        assertThat(kindOf(open("a", another))).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(kindOf(store().restore(key("a"), another, Precondition.none())))
                .isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(read(store(), "a")).isEqualTo(bytes(1));
    }

    @Test
    default void restoresBytesAndMetadataAsANewRevision() {
        assumeHistory();
        // Given
        DocumentKey key = key("G\u00f6\u00dfe +1 %20.md");
        await(store().write(new WriteRequest(
                key,
                whole(bytes(100)),
                Optional.empty(),
                MetadataContract.FULL,
                Optional.of(MetadataContract.MARKER),
                Precondition.none())));
        DocumentStat earlier = await(store().stat(key));
        put(store(), key.value(), bytes(200));
        List<RevisionPage.Entry> before = history(key.value(), 10);

        // When
        Revision restored = await(store().restore(key, before.get(1).revision(), Precondition.none()));

        // Then
        DocumentStat present = await(store().stat(key));
        List<RevisionPage.Entry> after = history(key.value(), 10);
        assertThat(read(store(), key.value())).isEqualTo(bytes(100));
        assertThat(present.metadata()).isEqualTo(earlier.metadata());
        assertThat(present.marker()).isEqualTo(earlier.marker());
        assertThat(present.revision().matches(restored)).isTrue();
        assertThat(after).hasSize(3);
        assertThat(after.get(0).revision().matches(restored)).isTrue();
        assertThat(after.subList(1, 3))
                .extracting(RevisionPage.Entry::revision)
                .containsExactlyElementsOf(
                        before.stream().map(RevisionPage.Entry::revision).toList());
    }

    @Test
    default void restoresADeletedDocument() {
        assumeHistory();
        // Given
        put(store(), "a", bytes(10));
        await(store().delete(key("a"), Precondition.none()));
        Revision earlier = history("a", 10).get(1).revision();

        // When
        await(store().restore(key("a"), earlier, Precondition.none()));

        // Then
        assertThat(read(store(), "a")).isEqualTo(bytes(10));
        assertThat(history("a", 10)).extracting(RevisionPage.Entry::deletion).containsExactly(false, true, false);
    }

    @Test
    default void restoresOnlyOverTheRevisionThatWasMeant() {
        assumeHistory();
        needs(Feature.CONDITIONAL_REPLACE);
        // Given
        Revision first = put(store(), "a", bytes(10)).revision();
        Revision second = put(store(), "a", bytes(20)).revision();
        Revision wanted = history("a", 10).get(1).revision();

        // When
        ErrorKind refused = kindOf(store().restore(key("a"), wanted, Precondition.ifMatches(first)));
        byte[] left = read(store(), "a");
        Revision restored = await(store().restore(key("a"), wanted, Precondition.ifMatches(second)));

        // Then
        assertThat(refused).isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(left).isEqualTo(bytes(20));
        assertThat(read(store(), "a")).isEqualTo(bytes(10));
        assertThat(history("a", 10).get(0).revision().matches(restored)).isTrue();
        assertThat(history("a", 10)).hasSize(3);
    }

    @Test
    default void restoreUnderAPreconditionIsRefusedWhereItDoesNotHold() {
        assumeHistory();
        needsNot(Feature.CONDITIONAL_REPLACE);
        // Given
        put(store(), "a", bytes(10));
        Revision present = put(store(), "a", bytes(20)).revision();
        Revision wanted = history("a", 10).get(1).revision();

        // Then
        assertThat(kindOf(store().restore(key("a"), wanted, Precondition.ifMatches(present))))
                .isEqualTo(ErrorKind.UNSUPPORTED);
        assertThat(read(store(), "a")).isEqualTo(bytes(20));
    }

    @Test
    default void aCheckedDeletionKeepsTheHistory() {
        assumeHistory();
        needs(Feature.CONDITIONAL_DELETE);
        // Given
        Revision old = put(store(), "a", bytes(10)).revision();
        Revision present = put(store(), "a", bytes(20)).revision();

        // When
        ErrorKind refused = kindOf(store().delete(key("a"), Precondition.ifMatches(old)));
        List<RevisionPage.Entry> before = history("a", 10);
        await(store().delete(key("a"), Precondition.ifMatches(present)));

        // Then
        assertThat(refused).isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(before).extracting(RevisionPage.Entry::size).containsExactly(20L, 10L);
        assertThat(history("a", 10)).extracting(RevisionPage.Entry::size).containsExactly(0L, 20L, 10L);
    }

    @Test
    default void keepsARevisionForEver() {
        assumeHistory();
        needs(Feature.KEEP_FOREVER);
        // Given
        put(store(), "a", bytes(10));
        put(store(), "b", bytes(20));
        Revision kept = history("a", 1).get(0).revision();
        Revision another = history("b", 1).get(0).revision();

        // When
        await(store().keepForever(key("a"), kept));
        await(store().keepForever(key("a"), kept));

        // Then
        assertThat(kindOf(store().keepForever(key("a"), another))).isEqualTo(ErrorKind.NOT_FOUND);
        await(store().delete(key("a"), Precondition.none()));
        assertThat(contentOf(await(open("a", kept)))).isEqualTo(bytes(10));
    }

    @Test
    default void revisionsAreRefusedWhereThereAreNone() {
        needsNot(Feature.REVISIONS);
        // Given
        Revision present = put(seeder(), "a", bytes(1)).revision();

        // Then
        assertThat(kindOf(store().revisions(new RevisionRequest(key("a"), Optional.empty(), 10))))
                .isEqualTo(ErrorKind.UNSUPPORTED);
        assertThat(kindOf(store().restore(key("a"), present, Precondition.none())))
                .isEqualTo(ErrorKind.UNSUPPORTED);
    }

    @Test
    default void keepingForEverIsRefusedWhereItDoesNotHold() {
        needsNot(Feature.KEEP_FOREVER);
        Revision present = put(seeder(), "a", bytes(1)).revision();
        assertThat(kindOf(store().keepForever(key("a"), present))).isEqualTo(ErrorKind.UNSUPPORTED);
    }

    private void assumeHistory() {
        needs(Feature.REVISIONS);
        needs(Feature.WRITE);
    }

    private Uni<OpenDocument> open(String key, Revision revision) {
        return store().read(new ReadRequest(key(key), Optional.of(revision), Steps.WHOLE_UP_TO));
    }

    /** The whole history; pages that do not end are a failure, not a test that hangs. */
    private List<RevisionPage.Entry> history(String key, int limit) {
        List<RevisionPage.Entry> history = new ArrayList<>();
        RevisionRequest request = new RevisionRequest(key(key), Optional.empty(), limit);
        for (int pages = 1; ; pages++) {
            RevisionPage page = await(store().revisions(request));
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
            history.addAll(page.entries());
            if (page.next().isEmpty()) {
                return history;
            }
            if (pages > history.size() + 1) {
                fail(pages + " pages of the history of '" + key + "' hold only " + history);
            }
            request = new RevisionRequest(key(key), page.next(), limit);
        }
    }
}
