package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists documents page by page; our token is the store's. */
final class S3Listing {

    private final S3Bucket bucket;

    S3Listing(S3Bucket bucket) {
        this.bucket = bucket;
    }

    Uni<ListPage> list(ListRequest request) {
        // Without URL encoding, a name with a control character makes the whole page unreadable as XML.
        ListObjectsV2Request list = ListObjectsV2Request.builder()
                .bucket(bucket.name())
                .prefix(bucket.keys().below(request.prefix()))
                .continuationToken(request.token().orElse(null))
                .maxKeys(request.limit())
                .encodingType(EncodingType.URL)
                .build();
        return bucket.ask("list", request.prefix(), () -> bucket.s3().listObjectsV2(list))
                .map(this::page);
    }

    private ListPage page(ListObjectsV2Response response) {
        List<ListPage.Entry> entries = new ArrayList<>();
        List<ListPage.Rejected> rejected = new ArrayList<>();
        for (S3Object object : response.contents()) {
            if (!isFolderMarker(object)) {
                sort(object, entries, rejected);
            }
        }
        boolean more = Boolean.TRUE.equals(response.isTruncated());
        return new ListPage(
                entries, rejected, more ? Optional.ofNullable(response.nextContinuationToken()) : Optional.empty());
    }

    private void sort(S3Object object, List<ListPage.Entry> entries, List<ListPage.Rejected> rejected) {
        try {
            DocumentKey key = bucket.keys().documentOf(object.key());
            if (!S3Keys.isOurs(key)) {
                entries.add(entry(key, object));
            }
        } catch (StorageException noKey) {
            rejected.add(new ListPage.Rejected(
                    printable(bucket.keys().relative(object.key())),
                    "The name cannot be a document's key: no segment may be empty, '.' or '..'."));
        }
    }

    private static ListPage.Entry entry(DocumentKey key, S3Object object) {
        return new ListPage.Entry(
                key,
                object.size(),
                // A HEAD tells whole seconds only, and both must agree.
                object.lastModified().truncatedTo(ChronoUnit.SECONDS),
                S3Bucket.revision(object.eTag(), null));
    }

    /** What consoles and file system gateways leave in place of a folder. */
    private static boolean isFolderMarker(S3Object object) {
        return object.key().endsWith("/") && object.size() == 0;
    }

    static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
