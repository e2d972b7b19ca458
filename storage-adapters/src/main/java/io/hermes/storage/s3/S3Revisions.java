package io.hermes.storage.s3;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionPage;
import io.hermes.storage.RevisionRequest;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** The history of one document. A prefix listing also meets its neighbours ({@code a} and {@code ab}); those are left out. */
final class S3Revisions {

    private static final Comparator<RevisionPage.Entry> NEWEST_FIRST = Comparator.comparing(RevisionPage.Entry::latest)
            .thenComparing(RevisionPage.Entry::modified)
            .reversed();

    private final S3Bucket bucket;
    private final boolean versions;

    S3Revisions(S3Bucket bucket, boolean versions) {
        this.bucket = bucket;
        this.versions = versions;
    }

    Uni<RevisionPage> revisions(RevisionRequest request) {
        return versions
                ? Uni.createFrom().deferred(() -> page(request))
                : Uni.createFrom()
                        .failure(new StorageException(
                                ErrorKind.UNSUPPORTED,
                                "revisions",
                                request.key().value(),
                                "the bucket was not seen to keep versions"));
    }

    private Uni<RevisionPage> page(RevisionRequest request) {
        String object = bucket.keys().objectOf("revisions", request.key());
        ListObjectVersionsRequest.Builder list = ListObjectVersionsRequest.builder()
                .bucket(bucket.name())
                .prefix(object)
                .maxKeys(request.limit());
        // Our token is the last version seen: the key that it belongs to is always this one.
        request.token().ifPresent(version -> list.keyMarker(object).versionIdMarker(version));
        return bucket.ask("revisions", request.key().value(), () -> bucket.s3().listObjectVersions(list.build()))
                .map(response -> page(object, response));
    }

    private static RevisionPage page(String object, ListObjectVersionsResponse response) {
        Stream<RevisionPage.Entry> states = response.versions().stream()
                .filter(version -> version.key().equals(object))
                .map(S3Revisions::state);
        Stream<RevisionPage.Entry> deletions = response.deleteMarkers().stream()
                .filter(marker -> marker.key().equals(object))
                .map(S3Revisions::deletion);
        List<RevisionPage.Entry> entries =
                Stream.concat(states, deletions).sorted(NEWEST_FIRST).toList();
        boolean more = Boolean.TRUE.equals(response.isTruncated()) && object.equals(response.nextKeyMarker());
        return new RevisionPage(entries, more ? Optional.ofNullable(response.nextVersionIdMarker()) : Optional.empty());
    }

    private static RevisionPage.Entry state(ObjectVersion version) {
        return new RevisionPage.Entry(
                S3Bucket.revision(version.eTag(), version.versionId()),
                version.size(),
                version.lastModified().truncatedTo(ChronoUnit.SECONDS),
                Boolean.TRUE.equals(version.isLatest()),
                false);
    }

    private static RevisionPage.Entry deletion(DeleteMarkerEntry marker) {
        return new RevisionPage.Entry(
                Revision.of("", marker.versionId()),
                0,
                marker.lastModified().truncatedTo(ChronoUnit.SECONDS),
                Boolean.TRUE.equals(marker.isLatest()),
                true);
    }
}
