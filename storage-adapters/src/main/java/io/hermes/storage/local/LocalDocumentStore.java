package io.hermes.storage.local;

import io.hermes.storage.Capabilities;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.DocumentStore;
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
import io.smallrye.mutiny.Uni;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Files below one folder as documents. Whatever touches the disk runs on the worker threads of the adapter.
 *
 * <p>Files that others put there are documents as well; only links, pipes, sockets, devices and names that are not UTF-8 are none, and
 * are reported by the listing.
 */
final class LocalDocumentStore implements DocumentStore {

    private static final long WHOLE_WRITE_BYTES = 1024 * 1024;
    private static final Set<Feature> ALWAYS = Set.of(Feature.WRITE, Feature.REFUSES_WRONG_BYTES, Feature.HIERARCHICAL);
    private static final Set<Feature> ORDINARY = Set.of(
            Feature.CONDITIONAL_PUT,
            Feature.CONDITIONAL_STREAM,
            Feature.CONDITIONAL_REPLACE,
            Feature.CONDITIONAL_DELETE,
            Feature.USER_METADATA);

    private final String name;
    private final Capabilities capabilities;
    private final LocalParts parts;
    private final LocalRoot root;
    private final LocalWorkers workers;
    private final LocalListing listing;
    private final LocalReader reader;
    private final LocalWriter writer;
    private final LocalRemoval removal;
    private volatile boolean closed;

    LocalDocumentStore(String name, LocalRoot root, Optional<ProbeReport.Measured> measured) {
        this.name = name;
        this.root = root;
        this.workers = root.resources().workers();
        this.parts = LocalParts.of(root);
        this.capabilities = capabilities(parts, root, measured);
        this.listing = new LocalListing(root);
        this.reader = new LocalReader(parts);
        this.writer = new LocalWriter(parts);
        this.removal = new LocalRemoval(parts);
    }

    /** What was measured, where it was; else what every ordinary file system does; and what the settings add or take away. */
    private static Capabilities capabilities(
            LocalParts parts, LocalRoot root, Optional<ProbeReport.Measured> measured) {
        return new Capabilities(ALWAYS, root.maxKeyBytes(), Long.MAX_VALUE, WHOLE_WRITE_BYTES, 0, 0, 0)
                .with(measured.map(ProbeReport.Measured::seen).orElse(ORDINARY))
                .with(Set.of(Feature.REVISIONS))
                .without(takenAway(parts));
    }

    private static Set<Feature> takenAway(LocalParts parts) {
        Set<Feature> missing = EnumSet.noneOf(Feature.class);
        if (!(parts.archive() instanceof History)) {
            missing.add(Feature.REVISIONS);
        }
        if (parts.metadata() instanceof MetadataPlace.Nowhere) {
            missing.add(Feature.USER_METADATA);
        }
        return missing;
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Uni<ListPage> list(ListRequest request) {
        return call("list", name, () -> listing.page(request));
    }

    @Override
    public Uni<DocumentStat> stat(DocumentKey key) {
        return call("stat", key.value(), () -> reader.stat(key));
    }

    @Override
    public Uni<OpenDocument> read(ReadRequest request) {
        return call("read", request.key().value(), () -> reader.open(request));
    }

    @Override
    public Uni<Written> write(WriteRequest request) {
        return Uni.createFrom().deferred(() -> {
            requireOpen("write", request.key().value());
            root.requireKey("write", request.key());
            requireWriteCapability(request);
            return writer.write(request);
        });
    }

    private void requireWriteCapability(WriteRequest request) {
        boolean declared = switch (request.precondition()) {
            case Precondition.None() -> true;
            case Precondition.IfAbsent() -> capabilities().has(Feature.CONDITIONAL_PUT);
            case Precondition.IfMatches(Revision revision) -> capabilities().has(Feature.CONDITIONAL_REPLACE);
        };
        if (!declared) {
            throw unsupported("write", request.key());
        }
    }

    @Override
    public Uni<Void> delete(DocumentKey key, Precondition precondition) {
        return call("delete", key.value(), () -> {
            if (precondition instanceof Precondition.IfMatches
                    && !capabilities().has(Feature.CONDITIONAL_DELETE)) {
                throw unsupported("delete", key);
            }
            removal.delete(key, precondition);
            return null;
        });
    }

    private static StorageException unsupported(String operation, DocumentKey key) {
        return StorageException.unsupported(operation, key, "the file system was found not to keep this precondition");
    }

    @Override
    public Uni<RevisionPage> revisions(RevisionRequest request) {
        return call("revisions", request.key().value(), () -> {
            if (parts.archive() instanceof History history) {
                return history.page(request);
            }
            throw noRevisions("revisions", request.key());
        });
    }

    @Override
    public Uni<Revision> restore(DocumentKey key, Revision revision, Precondition precondition) {
        if (!(parts.archive() instanceof History)) {
            return Uni.createFrom().failure(() -> noRevisions("restore", key));
        }
        return read(new ReadRequest(key, Optional.of(revision), WHOLE_WRITE_BYTES))
                .chain(earlier ->
                        write(copyOf(earlier, precondition)).onTermination().invoke(earlier.discard()))
                .map(Written::revision);
    }

    private static WriteRequest copyOf(OpenDocument earlier, Precondition precondition) {
        DocumentStat stat = earlier.stat();
        return new WriteRequest(
                stat.key(), earlier.content(), Optional.empty(), stat.metadata(), stat.marker(), precondition);
    }

    @Override
    public Uni<Void> keepForever(DocumentKey key, Revision revision) {
        return Uni.createFrom()
                .failure(() -> StorageException.unsupported(
                        "keepForever", key, "no file system protects a file from its owner"));
    }

    private static StorageException noRevisions(String operation, DocumentKey key) {
        return StorageException.unsupported(operation, key, "earlier revisions are kept with revisions=directory only");
    }

    @Override
    public Uni<ProbeReport> probe(ProbeDepth depth) {
        return call("probe", name, () -> new LocalProbe(parts, writer, removal).run(depth));
    }

    private <T> Uni<T> call(String operation, String key, LocalWorkers.Step<T> step) {
        return workers.call(operation, key, () -> {
            requireOpen(operation, key);
            return step.run();
        });
    }

    private void requireOpen(String operation, String key) {
        if (closed) {
            throw StorageException.closed(operation, key);
        }
    }

    /** Refuses new calls, and keeps no folder open. What is under way ends by itself; the threads belong to the factory. */
    @Override
    public void close() {
        closed = true;
        root.resources().folders().release(root.config().root());
    }
}
