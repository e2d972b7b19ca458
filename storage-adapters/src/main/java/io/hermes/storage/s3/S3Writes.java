package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeReport.Measured;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Writes documents. Up to the threshold a document is one buffer and one conditional request, which carries its hash in the
 * signature and its metadata; above, {@link S3Parts} takes over.
 */
final class S3Writes {

    private final S3Bucket bucket;
    private final MetadataStore metadata;
    private final S3Parts parts;
    private final OwnWork ownWork;
    private final UntoldRevision untold;
    private final Optional<Measured> seen;
    private final boolean proven;
    private final boolean checksums;

    /** @param seen what a probe saw the store do, if one has run */
    S3Writes(S3Bucket bucket, MetadataStore metadata, Uploads uploads, Optional<Measured> seen) {
        this.bucket = bucket;
        this.metadata = metadata;
        this.ownWork = new OwnWork(bucket, metadata);
        this.seen = seen;
        this.proven = seen.map(found -> found.saw(Feature.REFUSES_WRONG_BYTES)).orElse(false);
        this.checksums = seen.map(found -> found.saw(Feature.CHECKSUMS)).orElse(false);
        this.untold = new UntoldRevision(bucket);
        this.parts = new S3Parts(bucket, metadata, ownWork, uploads, proven);
    }

    Uni<Written> write(WriteRequest request) {
        return Uni.createFrom()
                .deferred(() -> start(request))
                .onFailure(failure -> !(failure instanceof StorageException))
                .transform(failure -> S3Errors.of("write", request.key().value(), failure));
    }

    private Uni<Written> start(WriteRequest request) {
        String object = bucket.keys().objectOf("write", request.key());
        long size = request.content().size();
        boolean byParts = request.content() instanceof DocumentContent.Streamed
                && size > bucket.config().thresholdBytes();
        if (!holds(request.precondition(), byParts)) {
            return Uni.createFrom()
                    .failure(StorageException.unsupported(
                            "write",
                            request.key(),
                            byParts && holds(request.precondition(), false)
                                    ? "the store was seen to ignore this precondition on uploads by parts; a higher"
                                            + " multipart_threshold_mb makes it one request"
                                    : "the store was seen to ignore this precondition"));
        }
        if (size > bucket.config().maxDocumentBytes()) {
            return Uni.createFrom()
                    .failure(new StorageException(
                            ErrorKind.CONTENT_TOO_LARGE,
                            "write",
                            request.key().value(),
                            "larger than " + bucket.config().maxDocumentBytes()
                                    + " bytes; a larger part_size_mb raises that"));
        }
        return switch (request.content()) {
            case DocumentContent.Whole whole -> put(request, object, whole.bytes());
            case DocumentContent.Streamed stream ->
                byParts
                        ? parts.upload(request, object, stream).chain(written -> untold.find(request, object, written))
                        : new Collected(request.key(), stream).bytes().chain(bytes -> put(request, object, bytes));
        };
    }

    private boolean holds(Precondition precondition, boolean byParts) {
        return switch (precondition) {
            case Precondition.None none -> true;
            case Precondition.IfAbsent absent -> holds(Feature.CONDITIONAL_PUT, byParts);
            case Precondition.IfMatches matches -> holds(Feature.CONDITIONAL_REPLACE, byParts);
        };
    }

    private boolean holds(Feature feature, boolean byParts) {
        return seen.map(found -> found.saw(feature) && (!byParts || found.saw(Feature.CONDITIONAL_STREAM)))
                .orElse(true);
    }

    /** A store that refuses wrong bytes compares them with the hash that the request is signed with: nobody needs to do that twice. */
    private Uni<Written> put(WriteRequest request, String object, ByteBuffer bytes) {
        ContentHash hash = request.hash().filter(told -> proven).orElseGet(() -> ContentHash.of(bytes));
        if (request.hash().filter(expected -> !expected.equals(hash)).isPresent()) {
            return Uni.createFrom().failure(otherBytes(request));
        }
        Attached attached = metadata.attach(request, hash);
        Written outline = new Written(S3Bucket.revision("", null), hash, bytes.remaining(), proven, attached.loss(), 1);
        PutObjectRequest put = putRequest(request, object, attached, outline);
        return bucket.raw(() -> bucket.s3().putObject(put, HashedBody.of(bytes, hash)))
                .map(response -> outline.at(S3Bucket.revision(response.eTag(), response.versionId())))
                .onItemOrFailure()
                .transformToUni((written, failure) -> failure == null
                        ? metadata.follow(request, attached, written)
                        : ownWork.orFail(request, object, attached, outline, failure));
    }

    static StorageException otherBytes(WriteRequest request) {
        return new StorageException(
                ErrorKind.CONTENT_MISMATCH,
                "write",
                request.key().value(),
                "the bytes to be written are not those that were hashed; nothing was sent");
    }

    private PutObjectRequest putRequest(WriteRequest request, String object, Attached attached, Written outline) {
        PutObjectRequest.Builder put =
                PutObjectRequest.builder().bucket(bucket.name()).key(object).contentLength(outline.size());
        attached.to(put);
        if (checksums) {
            put.checksumSHA256(ServerChecksum.of(outline.hash()));
        }
        S3Bucket.require(request.precondition(), put::ifNoneMatch, put::ifMatch);
        return put.build();
    }
}
