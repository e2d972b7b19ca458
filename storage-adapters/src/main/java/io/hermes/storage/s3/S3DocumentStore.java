package io.hermes.storage.s3;

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
import io.hermes.storage.ProbeReport.Measured;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionPage;
import io.hermes.storage.RevisionRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A bucket with a prefix as a store of documents.
 *
 * <p>What protects (preconditions, refused wrong bytes) is declared only if a probe saw it. A store that was not probed is still sent
 * every precondition, since it may well honour them; one that was seen to ignore them refuses to write under them.
 */
final class S3DocumentStore implements DocumentStore {

    private static final String NOT_WRITABLE = "the provider is not writable";
    private static final String NO_VERSIONS = "the bucket was not seen to keep versions";
    private static final String NO_LOCK = "the bucket was not seen to have object lock";

    private final Capabilities capabilities;
    private final S3Reads reads;
    private final S3Writes writes;
    private final S3Listing listing;
    private final S3Deletes deletes;
    private final S3Revisions revisions;
    private final S3Restores restores;
    private final S3Holds holds;
    private final S3Probe probe;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    S3DocumentStore(S3Config config, S3Clients.Lease lease, boolean writable, Optional<Measured> seen) {
        Measured measured = seen.orElse(Measured.NOTHING);
        S3Bucket bucket = new S3Bucket(lease.s3(), config, new S3Keys(config.prefix(), config.besideBytes()));
        MetadataStore metadata = MetadataStore.of(bucket, measured);
        capabilities = capabilities(bucket, writable, measured);
        reads = new S3Reads(bucket, measured.saw(Feature.CHECKSUMS));
        Uploads uploads = new Uploads(bucket, Clock.systemUTC());
        writes = new S3Writes(bucket, metadata, uploads, seen);
        listing = new S3Listing(bucket);
        deletes = new S3Deletes(
                bucket,
                metadata,
                measured.saw(Feature.CONDITIONAL_DELETE),
                measured.saw(Feature.REVISIONS),
                reads::present);
        revisions = new S3Revisions(bucket);
        restores = new S3Restores(bucket, reads, writes);
        holds = new S3Holds(bucket);
        probe = new S3Probe(bucket, lease, uploads, writable);
        release = lease.release();
    }

    private static Capabilities capabilities(S3Bucket bucket, boolean writable, Measured measured) {
        S3Config config = bucket.config();
        Capabilities limits = new Capabilities(
                measured.seen(),
                bucket.keys().maxKeyBytes(),
                config.maxDocumentBytes(),
                config.thresholdBytes(),
                S3Config.WHOLE_WRITE_COPIES,
                config.streamBufferBytes(),
                config.readAheadBytes());
        return writable ? limits.with(Set.of(Feature.WRITE)) : limits.readOnly();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Uni<ListPage> list(ListRequest request) {
        return whileOpen("list", request.prefix(), () -> listing.list(request));
    }

    @Override
    public Uni<DocumentStat> stat(DocumentKey key) {
        return whileOpen("stat", key.value(), () -> reads.stat(key));
    }

    @Override
    public Uni<OpenDocument> read(ReadRequest request) {
        return whileOpen("read", request.key().value(), () -> reads.read(request));
    }

    @Override
    public Uni<Written> write(WriteRequest request) {
        return whileOpen("write", request.key().value(), () -> {
            require(Feature.WRITE, "write", request.key(), NOT_WRITABLE);
            return writes.write(request);
        });
    }

    @Override
    public Uni<Void> delete(DocumentKey key, Precondition precondition) {
        return whileOpen("delete", key.value(), () -> {
            require(Feature.WRITE, "delete", key, NOT_WRITABLE);
            return deletes.delete(key, precondition);
        });
    }

    @Override
    public Uni<RevisionPage> revisions(RevisionRequest request) {
        return whileOpen("revisions", request.key().value(), () -> {
            require(Feature.REVISIONS, "revisions", request.key(), NO_VERSIONS);
            return revisions.revisions(request);
        });
    }

    @Override
    public Uni<Revision> restore(DocumentKey key, Revision revision, Precondition precondition) {
        return whileOpen("restore", key.value(), () -> {
            require(Feature.WRITE, "restore", key, NOT_WRITABLE);
            require(Feature.REVISIONS, "restore", key, NO_VERSIONS);
            return restores.restore(key, revision, precondition);
        });
    }

    @Override
    public Uni<Void> keepForever(DocumentKey key, Revision revision) {
        return whileOpen("keepForever", key.value(), () -> {
            require(Feature.KEEP_FOREVER, "keepForever", key, NO_LOCK);
            return holds.keepForever(key, revision);
        });
    }

    @Override
    public Uni<ProbeReport> probe(ProbeDepth depth) {
        return whileOpen("probe", "", () -> probe.run(depth));
    }

    /** The connections are shared with other stores, so that a closed one would go on working unless it refused. */
    private <T> Uni<T> whileOpen(String operation, String key, Supplier<Uni<T>> call) {
        return Uni.createFrom().deferred(() -> {
            if (closed.get()) {
                throw StorageException.closed(operation, key);
            }
            return call.get();
        });
    }

    private void require(Feature feature, String operation, DocumentKey key, String otherwise) {
        if (!capabilities.has(feature)) {
            throw StorageException.unsupported(operation, key, otherwise);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
