package io.hermes.storage.memory;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Marker;
import io.hermes.storage.Precondition;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionPage;
import io.hermes.storage.RevisionRequest;
import io.hermes.storage.StorageException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The documents of one name. Every method is one atomic step. */
final class MemoryDocuments {

    /** A document with its bytes. */
    record Stored(DocumentStat stat, ByteBuffer bytes) {}

    private final TreeMap<String, Stored> documents = new TreeMap<>();
    private final Optional<MemoryHistory> history;
    private long changes;

    /** @param revisions whether earlier revisions are kept */
    MemoryDocuments(boolean revisions) {
        history = revisions ? Optional.of(new MemoryHistory()) : Optional.empty();
    }

    boolean keepsRevisions() {
        return history.isPresent();
    }

    synchronized Optional<Stored> find(DocumentKey key) {
        return Optional.ofNullable(documents.get(key.value()));
    }

    synchronized DocumentStat put(
            DocumentKey key,
            ByteBuffer bytes,
            DocumentMetadata metadata,
            Optional<Marker> marker,
            Precondition precondition) {
        require(precondition, key, "write");
        Revision revision = next();
        DocumentStat stat = new DocumentStat(key, bytes.remaining(), Instant.now(), revision, metadata, marker);
        Stored stored = new Stored(stat, bytes.asReadOnlyBuffer());
        documents.put(key.value(), stored);
        history.ifPresent(past -> past.add(key, revision, Optional.of(stored)));
        return stat;
    }

    synchronized void remove(DocumentKey key, Precondition precondition) {
        if (documents.containsKey(key.value())) {
            require(precondition, key, "delete");
            documents.remove(key.value());
            history.ifPresent(past -> past.add(key, next(), Optional.empty()));
        }
    }

    private Revision next() {
        String number = Long.toString(++changes);
        return keepsRevisions() ? Revision.of(number, number) : Revision.of(number);
    }

    /** The document as it was at this revision, wherever that stands in its history. */
    synchronized Optional<Stored> find(DocumentKey key, Revision revision) {
        return history.flatMap(past -> past.find(key, revision));
    }

    synchronized RevisionPage revisions(RevisionRequest request) {
        return history.orElseThrow().page(request.key(), request.token(), request.limit());
    }

    /** A copy of what lies behind the key, in order. */
    synchronized SortedMap<String, Stored> after(String key, String belowFolder, int limit) {
        SortedMap<String, Stored> page = new TreeMap<>();
        String from = key.compareTo(belowFolder) > 0 ? key : belowFolder;
        for (Map.Entry<String, Stored> entry : documents.tailMap(from, false).entrySet()) {
            if (page.size() == limit || !entry.getKey().startsWith(belowFolder)) {
                break;
            }
            if (!entry.getValue().stat().key().isReserved()) {
                page.put(entry.getKey(), entry.getValue());
            }
        }
        return page;
    }

    private void require(Precondition precondition, DocumentKey key, String operation) {
        Optional<Revision> present = find(key).map(stored -> stored.stat().revision());
        boolean holds = switch (precondition) {
            case Precondition.None() -> true;
            case Precondition.IfAbsent() -> present.isEmpty();
            case Precondition.IfMatches(Revision wanted) ->
                present.filter(wanted::matches).isPresent();
        };
        if (!holds) {
            throw new StorageException(
                    ErrorKind.PRECONDITION_FAILED,
                    operation,
                    key.value(),
                    present.isPresent() ? "another document stands there" : "no document stands there");
        }
    }
}
