package io.hermes.storage.s3;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * Removes what a run of the probe wrote: in a bucket with versions every version and marker, or they would stay for ever. Takes along
 * what runs that died left behind, told by its age from what another run is using right now.
 */
final class ProbeCleanup {

    /** A probe takes seconds. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final ProbeObjects objects;
    private final Clock clock;
    private final S3Bucket bucket;

    ProbeCleanup(ProbeObjects objects, Clock clock) {
        this.objects = objects;
        this.clock = clock;
        this.bucket = objects.asBucket();
    }

    /** Something to remove; without a version where the store does not list versions. */
    private record Leftover(String key, Optional<String> version, Instant modified) {}

    /** What dead runs left is a favour, and others may be at it too: failing there is no failure of this run. */
    Uni<Void> run() {
        return uploads()
                .chain(() -> objects(objects.key("")))
                .chain(() -> objects(objects.root()).onFailure().recoverWithNull());
    }

    private Uni<Void> uploads() {
        return objects.ask(() -> bucket.s3()
                        .listMultipartUploads(list -> list.bucket(bucket.name()).prefix(objects.root())))
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found.uploads()))
                .filter(upload -> isOurs(upload.key(), upload.initiated()))
                .onItem()
                .transformToUniAndConcatenate(this::abort)
                .onItem()
                .ignoreAsUni()
                // Each trial ends its own upload; this is for those that died, and not every store can list them.
                .onFailure()
                .recoverWithNull();
    }

    private Uni<?> abort(MultipartUpload upload) {
        return objects.ask(() -> bucket.s3()
                .abortMultipartUpload(
                        abort -> abort.bucket(bucket.name()).key(upload.key()).uploadId(upload.uploadId())));
    }

    private Uni<Void> objects(String prefix) {
        return versions(ListObjectVersionsRequest.builder()
                        .bucket(bucket.name())
                        .prefix(prefix)
                        .build())
                .onFailure(StorageException.is(ErrorKind.PERMISSION_DENIED, ErrorKind.UNSUPPORTED))
                .recoverWithUni(() -> latest(prefix))
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found))
                .filter(leftover -> isOurs(leftover.key(), leftover.modified()))
                .onItem()
                .transformToUniAndConcatenate(this::remove)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<List<Leftover>> versions(ListObjectVersionsRequest list) {
        return objects.ask(() -> bucket.s3().listObjectVersions(list)).chain(page -> {
            List<Leftover> found = leftovers(page);
            return Boolean.TRUE.equals(page.isTruncated())
                    ? versions(list.toBuilder()
                                    .keyMarker(page.nextKeyMarker())
                                    .versionIdMarker(page.nextVersionIdMarker())
                                    .build())
                            .map(rest -> joined(found, rest))
                    : Uni.createFrom().item(found);
        });
    }

    private static List<Leftover> joined(List<Leftover> some, List<Leftover> rest) {
        List<Leftover> all = new ArrayList<>(some);
        all.addAll(rest);
        return all;
    }

    private static List<Leftover> leftovers(ListObjectVersionsResponse page) {
        List<Leftover> found = new ArrayList<>();
        page.versions()
                .forEach(version -> found.add(
                        new Leftover(version.key(), Optional.ofNullable(version.versionId()), version.lastModified())));
        page.deleteMarkers()
                .forEach(marker -> found.add(
                        new Leftover(marker.key(), Optional.ofNullable(marker.versionId()), marker.lastModified())));
        return found;
    }

    private Uni<List<Leftover>> latest(String prefix) {
        return objects.ask(() -> bucket.s3()
                        .listObjectsV2(list -> list.bucket(bucket.name()).prefix(prefix)))
                .map(page -> page.contents().stream()
                        .map(object -> new Leftover(object.key(), Optional.empty(), object.lastModified()))
                        .toList());
    }

    private boolean isOurs(String key, Instant since) {
        return key.startsWith(objects.key("")) || since.isBefore(clock.instant().minus(ABANDONED));
    }

    /** A run that died may have left a hold in place. */
    private Uni<?> remove(Leftover leftover) {
        return delete(leftover)
                .onFailure(StorageException.is(ErrorKind.PERMISSION_DENIED))
                .recoverWithUni(refused -> leftover.version().isEmpty()
                        ? Uni.createFrom().failure(refused)
                        : new S3Holds(bucket)
                                .lift(leftover.key(), leftover.version().get())
                                .chain(() -> delete(leftover)));
    }

    private Uni<Void> delete(Leftover leftover) {
        return objects.ask(() -> bucket.s3()
                        .deleteObject(delete -> delete.bucket(bucket.name())
                                .key(leftover.key())
                                .versionId(leftover.version().orElse(null))))
                .replaceWithVoid()
                .onFailure(StorageException.is(ErrorKind.NOT_FOUND))
                .recoverWithNull();
    }
}
