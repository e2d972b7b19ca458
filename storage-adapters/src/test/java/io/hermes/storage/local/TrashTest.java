package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.Precondition;
import io.hermes.storage.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is replaced or deleted can be fetched back for some days. */
class TrashTest extends OnDisk {

    private static final String TODAY = LocalDate.now(ZoneOffset.UTC).toString();

    @Override
    Map<String, String> settings() {
        return Map.of("trash_retention_days", "30");
    }

    @Test
    void whatWasDeletedLiesUnderItsOwnName() throws IOException {
        // Given
        Revision revision = put(store, "docs/a.md", bytes(10)).revision();
        put(store, "docs/b.md", bytes(11));

        // When
        await(store.delete(key("docs/a.md"), Precondition.ifMatches(revision)));
        await(store.delete(key("docs/b.md"), Precondition.none()));

        // Then
        assertThat(keys(store)).isEmpty();
        assertThat(filesBelow(root))
                .containsExactly(".hermes-trash/" + TODAY + "/docs/a.md", ".hermes-trash/" + TODAY + "/docs/b.md");

        // And moving it back restores it
        Files.move(root.resolve(".hermes-trash/" + TODAY + "/docs/a.md"), root.resolve("docs/a.md"));
        assertThat(read(store, "docs/a.md")).isEqualTo(bytes(10));
    }

    @Test
    void everyStateOfOneDayIsKept() throws IOException {
        // Given
        put(store, "a", bytes(10));
        put(store, "a", bytes(11));
        put(store, "a", bytes(12));
        await(store.delete(key("a"), Precondition.none()));

        // When a folder takes the name that a document had
        put(store, "a/b", bytes(13));
        await(store.delete(key("a/b"), Precondition.none()));

        // Then
        String trash = ".hermes-trash/" + TODAY;
        assertThat(filesBelow(root)).containsExactly(trash + ".2/a", trash + ".3/a", trash + ".4/a/b", trash + "/a");
        assertThat(root.resolve(trash + "/a")).hasBinaryContent(bytes(10));
        assertThat(root.resolve(trash + ".3/a")).hasBinaryContent(bytes(12));
    }

    @Test
    void aReleaseInterruptedBeforeTheTrashIsFinished() throws IOException {
        // Given a crash between the renaming and the trash
        Revision revision = put(store, "a", bytes(10)).revision();
        Files.move(root.resolve("a"), root.resolve(LocalRemoval.releasedName(key("a"), revision)));

        // When
        await(store.delete(key("a"), Precondition.ifMatches(revision)));

        // Then
        assertThat(filesBelow(root)).containsExactly(".hermes-trash/" + TODAY + "/a");
    }

    @Test
    void aReleaseInterruptedInTheTrashIsFinished() throws IOException {
        // Given a crash when the trash had it and its second name was still there
        Revision revision = put(store, "a", bytes(10)).revision();
        Path released = root.resolve(LocalRemoval.releasedName(key("a"), revision));
        Files.move(root.resolve("a"), released);
        Files.createDirectories(root.resolve(".hermes-trash/" + TODAY));
        Files.createLink(root.resolve(".hermes-trash/" + TODAY + "/a"), released);

        // When
        await(store.delete(key("a"), Precondition.ifMatches(revision)));

        // Then
        assertThat(filesBelow(root)).containsExactly(".hermes-trash/" + TODAY + "/a");
    }

    @Test
    void aReplacementInterruptedAfterTheTrashIsTakenUpAgain() throws IOException {
        // Given a crash when the trash had the old state; its second name changed its ETag
        Revision revision = put(store, "a", bytes(10)).revision();
        Files.createDirectories(root.resolve(".hermes-trash/" + TODAY));
        Files.createLink(root.resolve(".hermes-trash/" + TODAY + "/a"), root.resolve("a"));
        assertThat(await(store.stat(key("a"))).revision()).isNotEqualTo(revision);

        // When
        await(store.write(request("a", whole(bytes(11)), Precondition.ifMatches(revision))));

        // Then
        assertThat(read(store, "a")).isEqualTo(bytes(11));
        assertThat(filesBelow(root)).containsExactly(".hermes-trash/" + TODAY + "/a", "a");
        assertThat(root.resolve(".hermes-trash/" + TODAY + "/a")).hasBinaryContent(bytes(10));
    }

    @Test
    void aStrangersLinkIsNoInterruptedReplacement() throws IOException {
        // Given
        Revision revision = put(store, "a", bytes(10)).revision();
        Files.createLink(root.resolve("second"), root.resolve("a"));

        // Then
        assertThat(kindOf(store.write(request("a", whole(bytes(11)), Precondition.ifMatches(revision)))))
                .isEqualTo(ErrorKind.PRECONDITION_FAILED);
    }

    @Test
    void whatIsOldEnoughIsPurgedAndNothingElse() throws IOException {
        // Given more than one step removes
        Path old = Files.createDirectories(root.resolve(".hermes-trash/2020-01-01/docs/deep"));
        for (int i = 0; i < 1500; i++) {
            Files.createFile(old.resolve("d" + i));
        }
        Path second = Files.createDirectories(root.resolve(".hermes-trash/2020-01-01.2"));
        Files.createSymbolicLink(second.resolve("link"), home);
        Files.createDirectories(root.resolve(".hermes-trash/not-a-day"));
        Files.createDirectories(root.resolve(".hermes-trash/2020-01-01x"));
        put(store, "a", bytes(1));
        await(store.delete(key("a"), Precondition.none()));

        // When
        LocalParts parts = parts(settings());
        new Trash(parts.root(), parts.metadata(), 30).purge();

        // Then
        assertThat(namesIn(root.resolve(".hermes-trash"))).containsExactlyInAnyOrder(TODAY, "not-a-day", "2020-01-01x");
        assertThat(home).exists();

        // And the day after the last one it goes too
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(31));
        new Trash(parts.root(), parts.metadata(), 30, later).purge();
        assertThat(namesIn(root.resolve(".hermes-trash"))).containsExactlyInAnyOrder("not-a-day", "2020-01-01x");
    }

    @Test
    void metadataGoesAlong() throws IOException {
        // Given
        LocalParts parts = parts(Map.of("trash_retention_days", "30", "metadata", "sidecar"));
        MetadataSidecarTest.write(parts, "a", 10);

        // When
        new LocalRemoval(parts).delete(key("a"), Precondition.none());

        // Then
        assertThat(filesBelow(root))
                .containsExactly(
                        ".hermes-trash/" + TODAY + "/" + MetadataSidecar.nameOf("a"), ".hermes-trash/" + TODAY + "/a");
    }
}
