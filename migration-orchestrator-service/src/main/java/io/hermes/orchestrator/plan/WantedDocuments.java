package io.hermes.orchestrator.plan;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ListPage;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.document.DocumentIdentity;
import io.hermes.storage.document.Frontmatter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds documents by their UUIDs while the source is listed: by the key, by the derived UUID, and only where that does not tell, by a
 * look at the document's metadata and then at its head. Stops looking once all are found.
 */
final class WantedDocuments {

    private static final int LOOKS_AT_ONCE = 8;

    private final UUID provider;
    private final DocumentStore store;
    private final Set<UUID> missing;

    /**
     * @param missing what is still to be found
     */
    WantedDocuments(UUID provider, DocumentStore store, Set<UUID> missing) {
        this.provider = provider;
        this.store = store;
        this.missing = new HashSet<>(missing);
    }

    /** A listed document that is wanted. */
    record Hit(ListPage.Entry entry, UUID document) {}

    /** What is still to be found. */
    Set<UUID> missing() {
        return Set.copyOf(missing);
    }

    /** These were committed: they are found. */
    void found(Iterable<UUID> documents) {
        documents.forEach(missing::remove);
    }

    /** The wanted ones among these entries, in their order. */
    Uni<List<Hit>> among(List<ListPage.Entry> entries) {
        Set<UUID> wanted = missing();
        return Multi.createFrom()
                .iterable(entries)
                .onItem()
                .transformToUni(entry -> identify(entry, wanted))
                .merge(LOOKS_AT_ONCE)
                .select()
                .where(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList();
    }

    private Uni<Optional<Hit>> identify(ListPage.Entry entry, Set<UUID> wanted) {
        if (wanted.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Optional<UUID> cheap = DocumentIdentity.inName(entry.key())
                .filter(wanted::contains)
                .or(() -> Optional.of(DocumentIdentity.derived(provider, entry.key()))
                        .filter(wanted::contains));
        return cheap.isPresent()
                ? Uni.createFrom().item(cheap.map(document -> new Hit(entry, document)))
                : look(entry.key(), wanted).map(found -> found.map(document -> new Hit(entry, document)));
    }

    private Uni<Optional<UUID>> look(DocumentKey key, Set<UUID> wanted) {
        return store.stat(key)
                .chain(stat -> stat.metadata().uuid().isPresent()
                        ? Uni.createFrom().item(stat.metadata().uuid())
                        : head(key))
                .map(found -> found.filter(wanted::contains))
                .onFailure(WantedDocuments::isAboutThisDocument)
                .recoverWithItem(Optional.empty());
    }

    private Uni<Optional<UUID>> head(DocumentKey key) {
        return store.read(ReadRequest.latest(key, Frontmatter.MAX_BYTES))
                .chain(WantedDocuments::head)
                .map(head -> Frontmatter.read(head).uuid());
    }

    private static Uni<ByteBuffer> head(OpenDocument document) {
        return switch (document.content()) {
            case DocumentContent.Whole whole -> Uni.createFrom().item(whole.bytes());
            case DocumentContent.Streamed streamed -> head(streamed.bytes());
        };
    }

    private static Uni<ByteBuffer> head(Multi<ByteBuffer> bytes) {
        AtomicLong seen = new AtomicLong();
        return bytes.select()
                .first(buffer -> seen.getAndAdd(buffer.remaining()) < Frontmatter.MAX_BYTES)
                .collect()
                .asList()
                .map(WantedDocuments::joined);
    }

    private static ByteBuffer joined(List<ByteBuffer> buffers) {
        ByteBuffer head = ByteBuffer.allocate(Frontmatter.MAX_BYTES);
        for (ByteBuffer buffer : buffers) {
            ByteBuffer part = buffer.duplicate();
            part.limit(part.position() + Math.min(part.remaining(), head.remaining()));
            head.put(part);
        }
        return head.flip();
    }

    /** A document that cannot be looked at is not the wanted one as far as we know; a store that is down is another matter. */
    private static boolean isAboutThisDocument(Throwable failure) {
        return failure instanceof StorageException storage && !storage.kind().outage();
    }
}
