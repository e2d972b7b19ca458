package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The small objects that one run of a probe writes, in a folder of its own below the probe's prefix, and asks about. */
final class ProbeObjects {

    static final String FIRST = "first";
    static final String RACE = "race";
    static final String SIGNED = "signed";
    private static final List<String> ALL = List.of(FIRST, RACE, SIGNED);

    private final S3Bucket bucket;
    private final String folder;

    ProbeObjects(S3Bucket bucket) {
        this.bucket = bucket;
        this.folder = bucket.keys().root() + DocumentKey.PROBE_PREFIX + UUID.randomUUID() + "/";
    }

    String key(String name) {
        return folder + name;
    }

    /** Puts bytes; gives the quoted ETag. */
    Uni<String> put(String name, byte[] bytes, Consumer<PutObjectRequest.Builder> more) {
        PutObjectRequest.Builder put = PutObjectRequest.builder()
                .bucket(bucket.name())
                .key(key(name))
                .contentLength((long) bytes.length)
                .metadata(Map.of(S3Metadata.NAME, HeaderText.encode("pr\u00fcf 100%")));
        more.accept(put);
        return ask(() -> bucket.s3().putObject(put.build(), AsyncRequestBody.fromBytes(bytes)))
                .map(response -> response.eTag());
    }

    /** Completes an upload of one part over an object; gives the quoted ETag. */
    Uni<String> completeIfAbsent(String name, byte[] bytes) {
        return ask(() -> bucket.s3()
                        .createMultipartUpload(
                                create -> create.bucket(bucket.name()).key(key(name))))
                .chain(created -> fillAndComplete(name, created.uploadId(), bytes)
                        .onFailure()
                        .call(() -> abort(name, created.uploadId())));
    }

    private Uni<String> fillAndComplete(String name, String upload, byte[] bytes) {
        return ask(() -> bucket.s3()
                        .uploadPart(
                                part -> part.bucket(bucket.name())
                                        .key(key(name))
                                        .uploadId(upload)
                                        .partNumber(1),
                                AsyncRequestBody.fromBytes(bytes)))
                .chain(part -> ask(() -> bucket.s3()
                        .completeMultipartUpload(complete -> complete.bucket(bucket.name())
                                .key(key(name))
                                .uploadId(upload)
                                .ifNoneMatch("*")
                                .multipartUpload(all ->
                                        all.parts(one -> one.partNumber(1).eTag(part.eTag()))))))
                .map(response -> response.eTag());
    }

    private Uni<?> abort(String name, String upload) {
        return ask(() -> bucket.s3()
                        .abortMultipartUpload(abort ->
                                abort.bucket(bucket.name()).key(key(name)).uploadId(upload)))
                .onFailure()
                .recoverWithNull();
    }

    Uni<HeadObjectResponse> head(String name) {
        return ask(
                () -> bucket.s3().headObject(head -> head.bucket(bucket.name()).key(key(name))));
    }

    Uni<Void> delete(String name, Consumer<DeleteObjectRequest.Builder> more) {
        return ask(() -> bucket.s3().deleteObject(delete -> {
                    delete.bucket(bucket.name()).key(key(name));
                    more.accept(delete);
                }))
                .replaceWithVoid();
    }

    /** Whether the provider's settings count on tags. */
    boolean needsTags() {
        return bucket.config().metadataStore() == MetadataStore.Way.S3_TAGS;
    }

    /** Whether tags that come with an object are kept: the one way in which no crash can lose them. */
    Uni<Boolean> keepsTags() {
        return put(FIRST, new byte[] {1}, put -> put.tagging("hermes-probe=yes"))
                .chain(() -> ask(() -> bucket.s3()
                        .getObjectTagging(get -> get.bucket(bucket.name()).key(key(FIRST)))))
                .map(back -> back.tagSet().stream()
                        .anyMatch(tag ->
                                tag.key().equals("hermes-probe") && tag.value().equals("yes")));
    }

    /** Removes everything of this run; in a bucket with versions every version, or they would stay for ever. */
    Uni<Void> removeAll(boolean versions) {
        if (!versions) {
            return Multi.createFrom()
                    .iterable(ALL)
                    .onItem()
                    .transformToUniAndConcatenate(name -> delete(name, delete -> {})
                            .onFailure(ProbeObjects::isGone)
                            .recoverWithNull())
                    .onItem()
                    .ignoreAsUni();
        }
        return ask(() -> bucket.s3()
                        .listObjectVersions(list -> list.bucket(bucket.name()).prefix(folder)))
                .chain(this::removeVersions);
    }

    private Uni<Void> removeVersions(ListObjectVersionsResponse found) {
        Multi<DeleteObjectRequest> versions = Multi.createFrom()
                .iterable(found.versions())
                .map(version -> deletion(version.key(), version.versionId()));
        Multi<DeleteObjectRequest> markers = Multi.createFrom()
                .iterable(found.deleteMarkers())
                .map(marker -> deletion(marker.key(), marker.versionId()));
        return Multi.createBy()
                .concatenating()
                .streams(versions, markers)
                .onItem()
                .transformToUniAndConcatenate(delete -> ask(() -> bucket.s3().deleteObject(delete)))
                .onItem()
                .ignoreAsUni();
    }

    private DeleteObjectRequest deletion(String key, String version) {
        return DeleteObjectRequest.builder()
                .bucket(bucket.name())
                .key(key)
                .versionId(version)
                .build();
    }

    <T> Uni<T> ask(Supplier<CompletableFuture<T>> request) {
        return bucket.ask("probe", bucket.name(), request);
    }

    static boolean isGone(Throwable failure) {
        return failure instanceof StorageException known && known.kind() == ErrorKind.NOT_FOUND;
    }

    /** Whether the store refuses the request because of its precondition. */
    static Uni<Boolean> refused(Uni<?> request) {
        return request.replaceWith(false)
                .onFailure(failure ->
                        failure instanceof StorageException known && known.kind() == ErrorKind.PRECONDITION_FAILED)
                .recoverWithItem(true);
    }
}
