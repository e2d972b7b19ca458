package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionPage;
import io.hermes.storage.RevisionPage.Entry;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * Lists what the store keeps of one document, in the store's own order, newest first. A prefix listing also meets the document's
 * neighbours ({@code a}, {@code a/b} and {@code ab}); they sort behind it and are left out.
 */
final class S3History {

    private final S3Bucket bucket;
    private final String operation;

    /** @param operation on whose behalf, for messages */
    S3History(S3Bucket bucket, String operation) {
        this.bucket = bucket;
        this.operation = operation;
    }

    /** At most {@code limit} states older than the one with this version id, or the newest. */
    Uni<RevisionPage> page(DocumentKey key, Optional<String> behind, int limit) {
        String object = bucket.keys().objectOf(operation, key);
        HistoryOrder.Listed listed = new HistoryOrder.Listed();
        ListObjectVersionsRequest.Builder list = ListObjectVersionsRequest.builder()
                .bucket(bucket.name())
                .prefix(object)
                .maxKeys(limit)
                .encodingType(EncodingType.URL)
                .overrideConfiguration(with -> with.putExecutionAttribute(HistoryOrder.LISTED, listed));
        behind.ifPresent(version -> list.keyMarker(object).versionIdMarker(version));
        return bucket.ask(operation, key.value(), () -> bucket.s3().listObjectVersions(list.build()))
                .map(response -> page(key, object, response, listed.deletions()));
    }

    private RevisionPage page(
            DocumentKey key, String object, ListObjectVersionsResponse response, List<Boolean> deletions) {
        if (deletions.size()
                != response.versions().size() + response.deleteMarkers().size()) {
            throw new StorageException(
                    ErrorKind.INTERNAL, operation, key.value(), "the store's listing of versions makes no sense");
        }
        List<Entry> entries = new ArrayList<>();
        Iterator<ObjectVersion> versions = response.versions().iterator();
        Iterator<DeleteMarkerEntry> markers = response.deleteMarkers().iterator();
        boolean onlyThis = true;
        for (boolean deletion : deletions) {
            Optional<Entry> entry = deletion ? deletion(object, markers.next()) : state(object, versions.next());
            entry.ifPresent(entries::add);
            onlyThis = entry.isPresent();
        }
        boolean more = Boolean.TRUE.equals(response.isTruncated()) && onlyThis && !entries.isEmpty();
        return new RevisionPage(
                entries, more ? entries.get(entries.size() - 1).revision().version() : Optional.empty());
    }

    private static Optional<Entry> state(String object, ObjectVersion version) {
        return version.key().equals(object)
                ? Optional.of(new Entry(
                        // Not S3Bucket.revision: in a history, "null" names one state like any other id.
                        Revision.of(S3Bucket.bare(version.eTag()), version.versionId()),
                        version.size(),
                        version.lastModified().truncatedTo(ChronoUnit.SECONDS),
                        Boolean.TRUE.equals(version.isLatest()),
                        false))
                : Optional.empty();
    }

    private static Optional<Entry> deletion(String object, DeleteMarkerEntry marker) {
        return marker.key().equals(object)
                ? Optional.of(new Entry(
                        Revision.of("", marker.versionId()),
                        0,
                        marker.lastModified().truncatedTo(ChronoUnit.SECONDS),
                        Boolean.TRUE.equals(marker.isLatest()),
                        true))
                : Optional.empty();
    }
}
