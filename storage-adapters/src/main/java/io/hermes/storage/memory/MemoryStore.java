package io.hermes.storage.memory;

import io.hermes.storage.Capabilities;
import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionPage;
import io.hermes.storage.RevisionRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.hermes.storage.memory.MemoryDocuments.Stored;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** A flat store that holds whole documents on the heap, and forgets them with the process. */
final class MemoryStore implements DocumentStore {

    private static final int MAX_KEY_BYTES = 1024;
    private static final int MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;
    private static final int PIECE_BYTES = 64 * 1024;

    private final MemoryDocuments documents;
    private volatile boolean closed;

    MemoryStore(MemoryDocuments documents) {
        this.documents = documents;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                features(), MAX_KEY_BYTES, MAX_DOCUMENT_BYTES, MAX_DOCUMENT_BYTES, 1, MAX_DOCUMENT_BYTES, 0);
    }

    private Set<Feature> features() {
        Set<Feature> features = EnumSet.copyOf(Feature.PROTECTED_WRITES);
        features.add(Feature.USER_METADATA);
        if (documents.keepsRevisions()) {
            features.add(Feature.REVISIONS);
        }
        return features;
    }

    @Override
    public Uni<ListPage> list(ListRequest request) {
        return Uni.createFrom().item(() -> {
            requireOpen("list", request.prefix());
            return page(request);
        });
    }

    private ListPage page(ListRequest request) {
        String folder = request.prefix().isEmpty() ? "" : request.prefix() + "/";
        SortedMap<String, Stored> found = documents.after(request.token().orElse(""), folder, request.limit() + 1);
        List<ListPage.Entry> entries = found.values().stream()
                .limit(request.limit())
                .map(Stored::stat)
                .map(stat -> new ListPage.Entry(stat.key(), stat.size(), stat.modified(), stat.revision()))
                .toList();
        boolean more = found.size() > request.limit();
        return new ListPage(
                entries,
                List.of(),
                more ? Optional.of(entries.get(entries.size() - 1).key().value()) : Optional.empty());
    }

    @Override
    public Uni<DocumentStat> stat(DocumentKey key) {
        return Uni.createFrom().item(() -> existing("stat", key).stat());
    }

    @Override
    public Uni<OpenDocument> read(ReadRequest request) {
        return Uni.createFrom().item(() -> {
            Stored stored = wanted(request);
            return OpenDocument.of(stored.stat(), contentOf(stored, request.wholeUpTo()));
        });
    }

    private Stored wanted(ReadRequest request) {
        Optional<Revision> named = request.revision()
                .filter(revision ->
                        documents.keepsRevisions() && revision.version().isPresent());
        if (named.isPresent()) {
            return earlier("read", request.key(), named.get());
        }
        Stored stored = existing("read", request.key());
        if (request.revision()
                .filter(wanted -> !wanted.matches(stored.stat().revision()))
                .isPresent()) {
            throw new StorageException(
                    ErrorKind.CHANGED, "read", request.key().value(), "it is at another revision by now");
        }
        return stored;
    }

    private Stored earlier(String operation, DocumentKey key, Revision revision) {
        return documents
                .find(key, revision)
                .orElseThrow(() -> new StorageException(
                        ErrorKind.NOT_FOUND, operation, key.value(), "there is no such revision, or it is a deletion"));
    }

    private static DocumentContent contentOf(Stored stored, long wholeUpTo) {
        ByteBuffer bytes = stored.bytes();
        if (bytes.remaining() <= wholeUpTo) {
            return new DocumentContent.Whole(bytes);
        }
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.remaining(); from += PIECE_BYTES) {
            pieces.add(bytes.slice(from, Math.min(PIECE_BYTES, bytes.remaining() - from)));
        }
        return new DocumentContent.Streamed(
                bytes.remaining(), Multi.createFrom().iterable(pieces));
    }

    private Stored existing(String operation, DocumentKey key) {
        requireOpen(operation, key.value());
        return documents
                .find(key)
                .orElseThrow(() ->
                        new StorageException(ErrorKind.NOT_FOUND, operation, key.value(), "there is no such document"));
    }

    @Override
    public Uni<Written> write(WriteRequest request) {
        return Uni.createFrom()
                .item(() -> requireKey(request.key()))
                .chain(() -> MemoryBody.collect(request, MAX_DOCUMENT_BYTES))
                .map(bytes -> publish(request, bytes));
    }

    private Written publish(WriteRequest request, ByteBuffer bytes) {
        ContentHash hash = ContentHash.of(bytes);
        if (request.hash().filter(wanted -> !wanted.equals(hash)).isPresent()) {
            throw new StorageException(
                    ErrorKind.CONTENT_MISMATCH,
                    "write",
                    request.key().value(),
                    "the bytes are not those that were hashed");
        }
        DocumentStat stat =
                documents.put(request.key(), bytes, request.metadata(), request.marker(), request.precondition());
        return new Written(stat.revision(), hash, stat.size(), true, List.of(), 1);
    }

    private DocumentKey requireKey(DocumentKey key) {
        requireOpen("write", key.value());
        if (key.isReserved()) {
            throw new StorageException(
                    ErrorKind.KEY_INVALID, "write", key.value(), "names that begin with '.hermes-' are reserved");
        }
        if (key.value().getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
            throw new StorageException(
                    ErrorKind.KEY_INVALID, "write", key.value(), "a key has at most " + MAX_KEY_BYTES + " bytes");
        }
        return key;
    }

    @Override
    public Uni<Void> delete(DocumentKey key, Precondition precondition) {
        return Uni.createFrom().item(() -> {
            requireOpen("delete", key.value());
            if (precondition instanceof Precondition.IfAbsent) {
                throw StorageException.unsupported("delete", key, "what is absent cannot be deleted");
            }
            documents.remove(key, precondition);
            return null;
        });
    }

    @Override
    public Uni<RevisionPage> revisions(RevisionRequest request) {
        return Uni.createFrom().item(() -> {
            requireRevisions("revisions", request.key());
            return documents.revisions(request);
        });
    }

    @Override
    public Uni<Revision> restore(DocumentKey key, Revision revision, Precondition precondition) {
        return Uni.createFrom().item(() -> {
            requireRevisions("restore", key);
            return bringBack(earlier("restore", key, revision), precondition);
        });
    }

    private Revision bringBack(Stored earlier, Precondition precondition) {
        DocumentStat was = earlier.stat();
        return documents
                .put(was.key(), earlier.bytes(), was.metadata(), was.marker(), precondition)
                .revision();
    }

    @Override
    public Uni<Void> keepForever(DocumentKey key, Revision revision) {
        return Uni.createFrom()
                .failure(() -> StorageException.unsupported("keepForever", key, "this store protects no revision"));
    }

    @Override
    public Uni<ProbeReport> probe(ProbeDepth depth) {
        ProbeReport.Measured measured = switch (depth) {
            case REACH -> ProbeReport.Measured.NOTHING;
            case CAPABILITIES -> new ProbeReport.Measured(features());
        };
        ProbeReport.Step reach = new ProbeReport.Step("reach", ProbeReport.Outcome.OK, Duration.ZERO, "");
        return Uni.createFrom().item(() -> {
            requireOpen("probe", "");
            return new ProbeReport(List.of(reach), measured);
        });
    }

    private void requireRevisions(String operation, DocumentKey key) {
        requireOpen(operation, key.value());
        if (!documents.keepsRevisions()) {
            throw StorageException.unsupported(operation, key, "this store was opened without revisions=true");
        }
    }

    private void requireOpen(String operation, String key) {
        if (closed) {
            throw StorageException.closed(operation, key);
        }
    }

    /** Refuses new calls. The documents stay: they belong to the name. */
    @Override
    public void close() {
        closed = true;
    }
}
