package io.hermes.storage.local;

import io.hermes.storage.Capabilities;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
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
import java.util.Optional;

/**
 * Files below one folder as documents. Whatever touches the disk runs on the worker threads of the adapter.
 *
 * <p>Files that others put there are documents as well; only links, pipes, sockets, devices and names that are not UTF-8 are none, and
 * are reported by the listing.
 */
final class LocalDocumentStore implements DocumentStore {

    private static final long WHOLE_WRITE_BYTES = 1024 * 1024;

    private final String name;
    private final Optional<ProbeReport.Measured> measured;
    private final LocalRoot root;
    private final LocalWorkers workers;
    private final LocalListing listing;
    private final LocalReader reader;
    private final LocalWriter writer;
    private final LocalRemoval removal;
    private volatile boolean closed;

    LocalDocumentStore(String name, LocalConfig config, Optional<ProbeReport.Measured> measured, LocalWorkers workers) {
        this.name = name;
        this.measured = measured;
        this.workers = workers;
        this.root = new LocalRoot(config);
        this.listing = new LocalListing(root);
        this.reader = new LocalReader(root, workers);
        this.writer = new LocalWriter(root, workers);
        this.removal = new LocalRemoval(root);
    }

    /** What was measured, where it was; else what every ordinary file system does. */
    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                true,
                measured.map(ProbeReport.Measured::conditionalPut).orElse(true),
                measured.map(ProbeReport.Measured::conditionalReplace).orElse(true),
                measured.map(ProbeReport.Measured::conditionalDelete).orElse(true),
                true,
                false,
                measured.map(ProbeReport.Measured::userMetadata).orElse(true),
                true,
                root.maxKeyBytes(),
                Long.MAX_VALUE,
                WHOLE_WRITE_BYTES,
                0);
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
            case Precondition.IfAbsent() -> capabilities().conditionalPut();
            case Precondition.IfMatches(Revision revision) -> capabilities().conditionalReplace();
        };
        if (!declared) {
            throw unsupported("write", request.key());
        }
    }

    @Override
    public Uni<Void> delete(DocumentKey key, Precondition precondition) {
        return call("delete", key.value(), () -> {
            if (precondition instanceof Precondition.IfMatches
                    && !capabilities().conditionalDelete()) {
                throw unsupported("delete", key);
            }
            removal.delete(key, precondition);
            return null;
        });
    }

    private static StorageException unsupported(String operation, DocumentKey key) {
        return LocalErrors.error(
                ErrorKind.UNSUPPORTED, operation, key, "the file system was found not to keep this precondition");
    }

    @Override
    public Uni<RevisionPage> revisions(RevisionRequest request) {
        return Uni.createFrom()
                .failure(() -> LocalErrors.error(
                        ErrorKind.UNSUPPORTED, "revisions", request.key(), "a folder keeps no earlier revisions"));
    }

    @Override
    public Uni<ProbeReport> probe(ProbeDepth depth) {
        return workers.call("probe", name, () -> new LocalProbe(root, writer, removal).run(depth));
    }

    private <T> Uni<T> call(String operation, String key, LocalWorkers.Step<T> step) {
        return workers.call(operation, key, () -> {
            requireOpen(operation, key);
            return step.run();
        });
    }

    private void requireOpen(String operation, String key) {
        if (closed) {
            throw new StorageException(ErrorKind.UNAVAILABLE, operation, key, "the store was closed; open it again");
        }
    }

    /** Refuses new calls. What is under way ends by itself; the threads belong to the factory. */
    @Override
    public void close() {
        closed = true;
    }
}
