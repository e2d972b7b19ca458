package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.contentOf;
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
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionPage;
import io.hermes.storage.RevisionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The history of documents on disk, and what a crash in the middle of it leaves. */
class HistoryTest extends OnDisk {

    @Override
    Map<String, String> settings() {
        return Map.of("revisions", "directory");
    }

    @Test
    void aReplacementInterruptedAfterTheHistoryHadTheOldState() throws IOException {
        // Given
        Revision old = put(store, "a", bytes(10)).revision();
        keep("a", old);

        // Then the document is there, once, and its history shows it once
        assertThat(read(store, "a")).isEqualTo(bytes(10));
        assertThat(entries("a"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.latest()).isTrue());
        assertThat(contentOf(await(store.read(new ReadRequest(key("a"), Optional.of(old), 100)))))
                .isEqualTo(bytes(10));

        // And the same call goes on where it was interrupted
        await(store.write(request("a", whole(bytes(11)), Precondition.ifMatches(old))));
        assertThat(entries("a")).extracting(RevisionPage.Entry::size).containsExactly(11L, 10L);
        assertThat(entries("a").get(1).revision()).isEqualTo(old);
    }

    @Test
    void aDeletionInterruptedBeforeItWasNotedIsNotedByTheNextOne() throws IOException {
        // Given
        Revision old = put(store, "a", bytes(10)).revision();
        keep("a", old);
        Files.delete(root.resolve("a"));
        assertThat(entries("a")).noneMatch(RevisionPage.Entry::latest);

        // When
        await(store.delete(key("a"), Precondition.ifMatches(old)));
        await(store.delete(key("a"), Precondition.ifMatches(old)));

        // Then
        assertThat(entries("a")).extracting(RevisionPage.Entry::deletion).containsExactly(true, false);
        assertThat(entries("a").get(0).latest()).isTrue();
    }

    @Test
    void aReleaseInterruptedBeforeTheHistoryIsFinished() throws IOException {
        // Given
        Revision old = put(store, "a", bytes(10)).revision();
        Files.move(root.resolve("a"), root.resolve(LocalRemoval.releasedName(key("a"), old)));

        // When
        await(store.delete(key("a"), Precondition.ifMatches(old)));

        // Then
        assertThat(entries("a")).extracting(RevisionPage.Entry::deletion).containsExactly(true, false);
        assertThat(contentOf(await(store.read(new ReadRequest(key("a"), Optional.of(old), 100)))))
                .isEqualTo(bytes(10));
        assertThat(namesIn(root)).containsExactly(".hermes-revisions");
    }

    @Test
    void aKeptStateThatSomebodyEditedIsNotShown() throws IOException {
        // Given
        Revision old = put(store, "a", bytes(10)).revision();
        put(store, "a", bytes(11));
        try (Stream<Path> kept = Files.list(root.resolve(".hermes-revisions/a"))) {
            Path unused = Files.writeString(kept.findFirst().orElseThrow(), "edited");
        }

        // Then
        assertThat(entries("a")).extracting(RevisionPage.Entry::size).containsExactly(11L);
        assertThat(kindOf(store.read(new ReadRequest(key("a"), Optional.of(old), 100))))
                .isEqualTo(ErrorKind.NOT_FOUND);
    }

    @Test
    void documentsAndFoldersMayTakeEachOthersNames() throws IOException {
        // Given
        put(store, "a", bytes(10));
        await(store.delete(key("a"), Precondition.none()));
        put(store, "a/b", bytes(11));
        put(store, "a/b", bytes(12));

        // Then
        assertThat(entries("a")).hasSize(2);
        assertThat(entries("a/b")).extracting(RevisionPage.Entry::size).containsExactly(12L, 11L);
        assertThat(keys(store)).containsExactly("a/b");
    }

    @Test
    void aDocumentIsNeverAbsentWhileItIsReplaced() throws Exception {
        // Given
        put(store, "a", bytes(10));
        AtomicBoolean absent = new AtomicBoolean();
        AtomicBoolean stop = new AtomicBoolean();
        Thread looker = new Thread(() -> {
            while (!stop.get()) {
                absent.compareAndSet(false, !Files.exists(root.resolve("a")));
            }
        });
        looker.start();

        // When
        for (int i = 0; i < 200; i++) {
            put(store, "a", bytes(10 + i % 2));
        }

        // Then
        stop.set(true);
        looker.join();
        assertThat(absent).isFalse();
        assertThat(entries("a")).hasSize(201);
    }

    /** What a replacement does before it publishes. */
    private void keep(String name, Revision revision) throws IOException {
        LocalParts parts = parts(settings());
        try (Folder folder = parts.root().open()) {
            parts.archive().keep(folder, name, key(name), revision);
        }
    }

    private List<RevisionPage.Entry> entries(String name) {
        return await(store.revisions(new RevisionRequest(key(name), Optional.empty(), 1000)))
                .entries();
    }
}
