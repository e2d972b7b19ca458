package io.hermes.worker.copy;

import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.job.Verify;
import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;

/** Proves that the destination holds the bytes that were read (ARCHITECTURE §4). Whatever it finds, it deletes nothing. */
final class Verification {

    private Verification() {}

    /** Proves what was just written: by the store's own word where it is proven to refuse wrong bytes, else by reading it again. */
    static Uni<Transfer.Proof> ofWrite(Transfer transfer, PinnedSource source, DocumentKey key, Written written) {
        ContentHash sent = source.knownHash()
                .orElseThrow(() -> new IllegalStateException("what was written has passed through the digest"));
        require(sent.equals(written.hash()) && written.size() == source.size());
        boolean storeSuffices = written.proven() && transfer.task().verify() == Verify.STORE_CHECKED;
        return storeSuffices
                ? Uni.createFrom().item(new Transfer.Proof(sent, written.hash(), Verify.STORE_CHECKED))
                : readBack(transfer, source, key, written.revision());
    }

    /** Reads the destination again and compares. */
    static Uni<Transfer.Proof> readBack(Transfer transfer, PinnedSource source, DocumentKey key, Revision revision) {
        return hashAtDestination(transfer, key, revision)
                .chain(found -> source.hash().map(sent -> proofOf(sent, found)));
    }

    /** What the destination's bytes hash to; a hash in metadata proves nothing. */
    static Uni<ContentHash> hashAtDestination(Transfer transfer, DocumentKey key, Revision revision) {
        Endpoint destination = transfer.destination();
        MessageDigest digest = ContentHash.newDigest();
        return destination
                .calling(destination.store().read(new ReadRequest(key, Optional.of(revision), 0)))
                .invoke(transfer::opened)
                .chain(document -> destination.calling(PinnedSource.bytesOf(document)
                        .onItem()
                        .invoke(buffer -> feed(digest, buffer))
                        .onItem()
                        .ignoreAsUni()))
                .map(end -> ContentHash.finish(digest));
    }

    private static Transfer.Proof proofOf(ContentHash sent, ContentHash found) {
        require(sent.equals(found));
        return new Transfer.Proof(sent, found, Verify.READ_BACK);
    }

    private static void require(boolean same) {
        if (!same) {
            throw new CopyRefused(ErrorCode.CONTENT_HASH_MISMATCH, ErrorCode.CONTENT_HASH_MISMATCH.hint());
        }
    }

    private static void feed(MessageDigest digest, ByteBuffer buffer) {
        digest.update(buffer.duplicate());
    }
}
