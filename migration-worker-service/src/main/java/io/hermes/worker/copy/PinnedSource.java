package io.hermes.worker.copy;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The source document at the one revision that was pinned, readable any number of times. A short document is in memory; a long one
 * is opened again for every reading, and hashed on the source's side of the pipe while it flows.
 */
final class PinnedSource {

    private final Transfer transfer;
    private final DocumentStat stat;
    private final DocumentMetadata frontmatter;
    private final Optional<DocumentContent.Whole> whole;
    private volatile ContentHash hash;
    private volatile StoreFailure failure;

    private PinnedSource(
            Transfer transfer,
            DocumentStat stat,
            DocumentMetadata frontmatter,
            Optional<DocumentContent.Whole> whole,
            ContentHash hash) {
        this.transfer = transfer;
        this.stat = stat;
        this.frontmatter = frontmatter;
        this.whole = whole;
        this.hash = hash;
    }

    static PinnedSource inMemory(
            Transfer transfer, DocumentStat stat, DocumentMetadata frontmatter, DocumentContent.Whole whole) {
        ContentHash hash = ContentHash.of(whole.bytes());
        requireKeptHash(stat, hash);
        return new PinnedSource(transfer, stat, frontmatter, Optional.of(whole), hash);
    }

    static PinnedSource flowing(Transfer transfer, DocumentStat stat, DocumentMetadata frontmatter) {
        return new PinnedSource(transfer, stat, frontmatter, Optional.empty(), null);
    }

    /**
     * A document that says what its bytes hash to, and whose bytes hash to something else, was damaged at the source or on its way. It
     * says so in the state that is read: the local store, tags and manifests forget a hash when somebody else writes the document.
     */
    private static void requireKeptHash(DocumentStat stat, ContentHash read) {
        if (stat.metadata().contentHash().filter(kept -> !kept.equals(read)).isPresent()) {
            throw StoreFailure.of(
                    Side.SOURCE,
                    new StorageException(
                            ErrorKind.CONTENT_MISMATCH, "read", stat.key().value(), "other bytes than were written"));
        }
    }

    DocumentStat stat() {
        return stat;
    }

    DocumentMetadata frontmatter() {
        return frontmatter;
    }

    Revision revision() {
        return stat.revision();
    }

    long size() {
        return stat.size();
    }

    /** The hash, if the bytes have passed here once. */
    Optional<ContentHash> knownHash() {
        return Optional.ofNullable(hash);
    }

    /** The hash; a long document that has not passed yet is read through for it. */
    Uni<ContentHash> hash() {
        return Uni.createFrom()
                .deferred(() -> hash != null
                        ? Uni.createFrom().item(hash)
                        : flow().onItem().ignoreAsUni().map(end -> hash));
    }

    /** The bytes, from the start. */
    DocumentContent content() {
        return whole.<DocumentContent>map(bytes -> bytes)
                .orElseGet(() -> new DocumentContent.Streamed(stat.size(), flow()));
    }

    /** If it was the source that broke a pipe between both stores, its failure; else the one given. */
    Throwable blame(Throwable other) {
        return failure == null ? other : failure;
    }

    private Multi<ByteBuffer> flow() {
        return Multi.createFrom().deferred(() -> {
            Passage passage = new Passage();
            failure = null;
            return reopened()
                    .onItem()
                    .invoke(passage::pass)
                    .onCompletion()
                    .invoke(() -> {
                        ContentHash passed = ContentHash.finish(passage.digest);
                        requireKeptHash(stat, passed);
                        hash = passed;
                    })
                    .onFailure()
                    .invoke(broken -> failure = StoreFailure.of(Side.SOURCE, broken));
        });
    }

    private Multi<ByteBuffer> reopened() {
        ReadRequest pinned = new ReadRequest(stat.key(), Optional.of(stat.revision()), 0);
        return transfer.source()
                .calling(transfer.source().store().read(pinned))
                .onItem()
                .invoke(transfer::opened)
                .onItem()
                .transformToMulti(PinnedSource::bytesOf);
    }

    static Multi<ByteBuffer> bytesOf(OpenDocument document) {
        return switch (document.content()) {
            case DocumentContent.Whole all ->
                Multi.createFrom().item(all.bytes().duplicate());
            case DocumentContent.Streamed stream -> stream.bytes();
        };
    }

    /** One reading from the start. */
    private final class Passage {

        private final MessageDigest digest = ContentHash.newDigest();
        private long position;

        private void pass(ByteBuffer buffer) {
            position += buffer.remaining();
            transfer.read(buffer.remaining(), position);
            digest.update(buffer.duplicate());
        }
    }
}
