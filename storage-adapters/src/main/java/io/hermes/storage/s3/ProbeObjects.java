package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.Tag;

/** The small objects that one run of a probe writes, in a folder of its own below the probe's prefix, and asks about. */
final class ProbeObjects {

    static final String FIRST = "first";

    /** What every object says that its document is called. */
    static final String DOCUMENT_NAME = "pr\u00fcf 100%";

    private final S3Bucket bucket;
    private final String folder;

    ProbeObjects(S3Bucket bucket) {
        this.bucket = bucket;
        this.folder = bucket.keys().root() + DocumentKey.PROBE_PREFIX + UUID.randomUUID();
    }

    String key(String name) {
        return folder + "/" + name;
    }

    /** The folder of this run as if it were a provider of its own, for trying the adapter's own ways. */
    S3Bucket asBucket() {
        return new S3Bucket(bucket.s3(), bucket.config(), new S3Keys(folder, 0));
    }

    /** What all runs' keys begin with. */
    String root() {
        return bucket.keys().root() + DocumentKey.PROBE_PREFIX;
    }

    Uni<PutObjectResponse> put(String name, String content, Consumer<PutObjectRequest.Builder> more) {
        byte[] bytes = bytes(content);
        PutObjectRequest.Builder put = PutObjectRequest.builder()
                .bucket(bucket.name())
                .key(key(name))
                .contentLength((long) bytes.length)
                .metadata(Map.of(S3Metadata.NAME, HeaderText.encode(DOCUMENT_NAME)));
        more.accept(put);
        return ask(() -> bucket.s3().putObject(put.build(), AsyncRequestBody.fromBytes(bytes)));
    }

    /** Uploads an object as one part. */
    Uni<CompleteMultipartUploadResponse> upload(
            String name, String content, Consumer<CompleteMultipartUploadRequest.Builder> more) {
        return withUpload(
                name, upload -> fill(name, upload, content).chain(part -> complete(name, upload, part, more)));
    }

    private Uni<String> fill(String name, String upload, String content) {
        return ask(() -> bucket.s3()
                        .uploadPart(
                                part -> part.bucket(bucket.name())
                                        .key(key(name))
                                        .uploadId(upload)
                                        .partNumber(1),
                                AsyncRequestBody.fromBytes(bytes(content))))
                .map(part -> part.eTag());
    }

    private Uni<CompleteMultipartUploadResponse> complete(
            String name, String upload, String part, Consumer<CompleteMultipartUploadRequest.Builder> more) {
        CompleteMultipartUploadRequest.Builder complete = CompleteMultipartUploadRequest.builder()
                .bucket(bucket.name())
                .key(key(name))
                .uploadId(upload)
                .multipartUpload(all -> all.parts(one -> one.partNumber(1).eTag(part)));
        more.accept(complete);
        return ask(() -> bucket.s3().completeMultipartUpload(complete.build()));
    }

    /** Begins an upload by parts and sees to it that nothing of it is left, whether or not it was completed. */
    <T> Uni<T> withUpload(String name, Function<String, Uni<T>> use) {
        return ask(() -> bucket.s3()
                        .createMultipartUpload(
                                create -> create.bucket(bucket.name()).key(key(name))))
                .chain(created -> use.apply(created.uploadId()).eventually(() -> abort(name, created.uploadId())));
    }

    private Uni<?> abort(String name, String upload) {
        return ask(() -> bucket.s3()
                        .abortMultipartUpload(abort ->
                                abort.bucket(bucket.name()).key(key(name)).uploadId(upload)))
                .onFailure()
                .recoverWithNull();
    }

    Uni<HeadObjectResponse> head(String name) {
        return head(name, head -> {});
    }

    Uni<HeadObjectResponse> head(String name, Consumer<HeadObjectRequest.Builder> more) {
        return ask(() -> bucket.s3().headObject(head -> {
            head.bucket(bucket.name()).key(key(name));
            more.accept(head);
        }));
    }

    Uni<Boolean> present(String name) {
        return head(name)
                .replaceWith(true)
                .onFailure(StorageException.is(ErrorKind.NOT_FOUND))
                .recoverWithItem(false);
    }

    Uni<DeleteObjectResponse> delete(String name, Consumer<DeleteObjectRequest.Builder> more) {
        return ask(() -> bucket.s3().deleteObject(delete -> {
            delete.bucket(bucket.name()).key(key(name));
            more.accept(delete);
        }));
    }

    /** Whether the provider's settings count on tags. */
    boolean needsTags() {
        return bucket.config().metadataStore() == MetadataStore.Way.S3_TAGS;
    }

    Uni<List<Tag>> tags(String name) {
        return ask(() -> bucket.s3()
                        .getObjectTagging(get -> get.bucket(bucket.name()).key(key(name))))
                .map(answer -> answer.tagSet());
    }

    <T> Uni<T> ask(Supplier<CompletableFuture<T>> request) {
        return bucket.ask("probe", bucket.name(), request);
    }

    /** Whether the store refuses the request because of its precondition. */
    static Uni<Boolean> refused(Uni<?> request) {
        return request.replaceWith(false)
                .onFailure(StorageException.is(ErrorKind.PRECONDITION_FAILED))
                .recoverWithItem(true);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
