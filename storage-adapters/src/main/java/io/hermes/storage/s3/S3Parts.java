package io.hermes.storage.s3;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.Precondition;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Writes a large document by parts, several at once, each signed with its own hash. Memory is bounded by the parts in flight and
 * the one being filled, whatever the size. Nothing is visible before the conditional completion, and whatever goes wrong, a
 * cancellation included, ends the upload and frees its parts. The final key is never deleted because something failed.
 */
final class S3Parts {

    private final S3Bucket bucket;
    private final MetadataStore metadata;
    private final OwnWork ownWork;
    private final boolean proven;

    S3Parts(S3Bucket bucket, MetadataStore metadata, OwnWork ownWork, boolean proven) {
        this.bucket = bucket;
        this.metadata = metadata;
        this.ownWork = ownWork;
        this.proven = proven;
    }

    /** One upload on its way. */
    private record Upload(
            WriteRequest request, String object, String id, Attached attached, PartCutter cutter, long size) {

        String key() {
            return request.key().value();
        }
    }

    Uni<Written> upload(WriteRequest request, String object, DocumentContent.Streamed stream) {
        Attached attached = metadata.attachToUpload(request);
        PartCutter cutter =
                new PartCutter(request.key(), stream.size(), bucket.config().partBytes());
        return create(request, object, attached)
                .map(id -> new Upload(request, object, id, attached, cutter, stream.size()))
                .chain(upload -> fill(upload, stream));
    }

    private Uni<String> create(WriteRequest request, String object, Attached attached) {
        return bucket.ask(
                        "write",
                        request.key().value(),
                        () -> bucket.s3().createMultipartUpload(create -> {
                            create.bucket(bucket.name()).key(object);
                            attached.to(create);
                        }))
                .map(created -> created.uploadId());
    }

    private Uni<Written> fill(Upload upload, DocumentContent.Streamed stream) {
        return upload.cutter()
                .parts(stream)
                .onItem()
                .transformToUni(part -> send(upload, part))
                .merge(bucket.config().uploadConcurrency())
                .collect()
                .asList()
                .chain(parts -> complete(upload, parts))
                .onFailure()
                .call(failure -> abort(upload))
                .onCancellation()
                .call(() -> abort(upload));
    }

    private Uni<CompletedPart> send(Upload upload, PartCutter.Part part) {
        return bucket.ask(
                        "write",
                        upload.key(),
                        () -> bucket.s3()
                                .uploadPart(
                                        send -> send.bucket(bucket.name())
                                                .key(upload.object())
                                                .uploadId(upload.id())
                                                .partNumber(part.number())
                                                .contentLength(
                                                        (long) part.bytes().remaining()),
                                        AsyncRequestBody.fromRemainingByteBufferUnsafe(part.bytes())))
                .map(sent -> CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(sent.eTag())
                        .checksumCRC32(sent.checksumCRC32())
                        .build());
    }

    private Uni<Written> complete(Upload upload, List<CompletedPart> parts) {
        Written outline = new Written(
                S3Bucket.revision("", null),
                upload.cutter().hash(),
                upload.size(),
                proven,
                upload.attached().loss(),
                parts.size() + 2);
        if (upload.request().hash().filter(hash -> !hash.equals(outline.hash())).isPresent()) {
            return Uni.createFrom().failure(S3Writes.otherBytes(upload.request()));
        }
        CompleteMultipartUploadRequest complete = completion(upload, parts);
        return bucket.raw(() -> bucket.s3().completeMultipartUpload(complete))
                .map(done -> new Written(
                        S3Bucket.revision(done.eTag(), done.versionId()),
                        outline.hash(),
                        outline.size(),
                        outline.proven(),
                        outline.metadataLoss(),
                        outline.requests()))
                .onItemOrFailure()
                .transformToUni((written, failure) -> failure == null
                        ? metadata.follow(upload.request(), upload.attached(), written)
                        : ownWork.orFail(upload.request(), upload.object(), upload.attached(), outline, failure));
    }

    private CompleteMultipartUploadRequest completion(Upload upload, List<CompletedPart> parts) {
        List<CompletedPart> inOrder = parts.stream()
                .sorted(Comparator.comparing(CompletedPart::partNumber))
                .toList();
        CompleteMultipartUploadRequest.Builder complete = CompleteMultipartUploadRequest.builder()
                .bucket(bucket.name())
                .key(upload.object())
                .uploadId(upload.id())
                .multipartUpload(all -> all.parts(inOrder));
        switch (upload.request().precondition()) {
            case Precondition.None none -> {}
            case Precondition.IfAbsent absent -> complete.ifNoneMatch("*");
            case Precondition.IfMatches matches -> complete.ifMatch(S3Bucket.quoted(matches.revision()));
        }
        return complete.build();
    }

    /** Frees the parts. That this fails too changes nothing about the write; the store's own rule for stale uploads remains. */
    private Uni<Void> abort(Upload upload) {
        return bucket.ask(
                        "write",
                        upload.key(),
                        () -> bucket.s3()
                                .abortMultipartUpload(abort -> abort.bucket(bucket.name())
                                        .key(upload.object())
                                        .uploadId(upload.id())))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}
