package io.hermes.storage.s3;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * Writes a large document by parts, several at once, each signed with its own hash. Memory is bounded by the parts in flight and
 * the one being filled, whatever the size. Nothing is visible before the conditional completion. The final key is never deleted
 * because something failed.
 *
 * <p>Parts that an earlier attempt of the same write left at the store are not sent again if the store's checksums show that they hold
 * the bytes that are being read; the hash of the document is always that of the bytes read.
 */
final class S3Parts {

    private final S3Bucket bucket;
    private final MetadataStore metadata;
    private final OwnWork ownWork;
    private final Uploads uploads;
    private final boolean proven;

    S3Parts(S3Bucket bucket, MetadataStore metadata, OwnWork ownWork, Uploads uploads, boolean proven) {
        this.bucket = bucket;
        this.metadata = metadata;
        this.ownWork = ownWork;
        this.uploads = uploads;
        this.proven = proven;
    }

    /** One upload on its way. */
    private record Upload(WriteRequest request, Attached attached, PartCutter cutter, Uploads.Open open) {

        String key() {
            return request.key().value();
        }

        String object() {
            return open.plan().object();
        }
    }

    /**
     * A part that is at the store.
     *
     * @param completed for the completion
     * @param proven whether the store has checked it against a SHA-256
     * @param requests that it took
     */
    private record Sent(CompletedPart completed, boolean proven, int requests) {}

    Uni<Written> upload(WriteRequest request, String object, DocumentContent.Streamed stream) {
        Attached attached = metadata.attachToUpload(request);
        PartCutter cutter =
                new PartCutter(request.key(), stream.size(), bucket.config().partBytes());
        UploadPlan plan = UploadPlan.of(
                request, creation(object, attached), bucket.config().partBytes());
        return uploads.open(plan)
                .map(open -> new Upload(request, attached, cutter, open))
                .chain(upload -> fill(upload, stream));
    }

    private CreateMultipartUploadRequest creation(String object, Attached attached) {
        CreateMultipartUploadRequest.Builder create =
                CreateMultipartUploadRequest.builder().bucket(bucket.name()).key(object);
        attached.to(create);
        return create.build();
    }

    private Uni<Written> fill(Upload upload, DocumentContent.Streamed stream) {
        return upload.cutter()
                .parts(stream)
                .onItem()
                .transformToUni(part -> store(upload, part))
                .merge(bucket.config().uploadConcurrency())
                .collect()
                .asList()
                .chain(parts -> complete(upload, parts))
                .call(() -> uploads.done(upload.open()))
                .onFailure()
                .call(failure -> uploads.failed(upload.open(), failure))
                .onCancellation()
                .call(() -> uploads.abandon(upload.open()));
    }

    /** When a part is at the store, no request reads it any more; one that failed or was given up ends the upload, and its buffers. */
    private Uni<Sent> store(Upload upload, PartCutter.Part part) {
        return keepOrSend(upload, part).invoke(() -> upload.cutter().reuse(part));
    }

    private Uni<Sent> keepOrSend(Upload upload, PartCutter.Part part) {
        return upload.open()
                .kept()
                .matching(part, bucket.config().checksums())
                .map(kept -> Uni.createFrom().item(new Sent(kept.part(), kept.proven(), 0)))
                .orElseGet(() -> send(upload, part));
    }

    private Uni<Sent> send(Upload upload, PartCutter.Part part) {
        return bucket.ask(
                        "write",
                        upload.key(),
                        () -> bucket.s3()
                                .uploadPart(
                                        send -> send.bucket(bucket.name())
                                                .key(upload.object())
                                                .uploadId(upload.open().id())
                                                .partNumber(part.number())
                                                .contentLength(
                                                        (long) part.bytes().remaining()),
                                        AsyncRequestBody.fromRemainingByteBufferUnsafe(part.bytes())))
                .map(sent -> CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(sent.eTag())
                        .checksumCRC32(sent.checksumCRC32())
                        .build())
                .map(completed -> new Sent(completed, true, 1));
    }

    private Uni<Written> complete(Upload upload, List<Sent> parts) {
        Written outline = outline(upload, parts);
        if (upload.request().hash().filter(hash -> !hash.equals(outline.hash())).isPresent()) {
            return Uni.createFrom().failure(S3Writes.otherBytes(upload.request()));
        }
        CompleteMultipartUploadRequest complete = completion(upload, parts);
        return bucket.raw(() -> bucket.s3().completeMultipartUpload(complete))
                .map(done -> outline.at(S3Bucket.revision(done.eTag(), done.versionId())))
                .onItemOrFailure()
                .transformToUni((written, failure) -> failure == null
                        ? metadata.follow(upload.request(), upload.attached(), written)
                        : ownWork.orFail(upload.request(), upload.object(), upload.attached(), outline, failure));
    }

    /** Everything but the revision. Two requests are still to come: the completion, and the end of the note. */
    private Written outline(Upload upload, List<Sent> parts) {
        return new Written(
                S3Bucket.revision("", null),
                upload.cutter().hash(),
                upload.open().plan().size(),
                proven && parts.stream().allMatch(Sent::proven),
                upload.attached().loss(),
                upload.open().requests()
                        + parts.stream().mapToInt(Sent::requests).sum()
                        + 2);
    }

    private CompleteMultipartUploadRequest completion(Upload upload, List<Sent> parts) {
        List<CompletedPart> inOrder = parts.stream()
                .map(Sent::completed)
                .sorted(Comparator.comparing(CompletedPart::partNumber))
                .toList();
        CompleteMultipartUploadRequest.Builder complete = CompleteMultipartUploadRequest.builder()
                .bucket(bucket.name())
                .key(upload.object())
                .uploadId(upload.open().id())
                .multipartUpload(all -> all.parts(inOrder));
        S3Bucket.require(upload.request().precondition(), complete::ifNoneMatch, complete::ifMatch);
        return complete.build();
    }
}
