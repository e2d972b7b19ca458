package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists documents page by page. Our token is the store's, unless the page ends at a name that XML does not carry. The store's token may
 * be made of it, and then the page goes on behind that name.
 */
final class S3Listing {

    /** What such a token begins with: the beginning of no key that is a document's or of any object beside one. */
    private static final String BEHIND = DocumentKey.RESERVED_PREFIX + "behind/";

    private final S3Bucket bucket;

    S3Listing(S3Bucket bucket) {
        this.bucket = bucket;
    }

    Uni<ListPage> list(ListRequest request) {
        // Without URL encoding, a name with a control character makes the whole page unreadable as XML.
        ListObjectsV2Request.Builder list = ListObjectsV2Request.builder()
                .bucket(bucket.name())
                .prefix(bucket.keys().below(request.prefix()))
                .maxKeys(request.limit())
                .encodingType(EncodingType.URL);
        request.token().ifPresent(token -> goOn(list, token));
        return bucket.ask("list", request.prefix(), () -> bucket.s3().listObjectsV2(list.build()))
                .map(response -> page(request, response))
                .onFailure()
                .transform(failure -> ofTheWholeBucket(S3Errors.of("list", request.prefix(), failure)));
    }

    private static void goOn(ListObjectsV2Request.Builder list, String token) {
        if (token.startsWith(BEHIND)) {
            list.startAfter(token.substring(BEHIND.length()));
        } else {
            list.continuationToken(token);
        }
    }

    /** Where a listing is not found, nothing is: most often an address at which no S3 server stands. */
    static Throwable ofTheWholeBucket(Throwable failure) {
        return failure instanceof StorageException known && known.kind() == ErrorKind.NOT_FOUND
                ? new StorageException(
                        ErrorKind.CONTAINER_MISSING, known.operation(), known.key(), "no bucket is at this endpoint")
                : failure;
    }

    private ListPage page(ListRequest request, ListObjectsV2Response response) {
        List<ListPage.Entry> entries = new ArrayList<>();
        List<ListPage.Rejected> rejected = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (S3Object object : response.contents()) {
            if (seen.add(object.key()) && !isFolderMarker(object)) {
                sort(request, object, entries, rejected);
            }
        }
        return new ListPage(entries, rejected, next(request, response));
    }

    /** A listing that might go on, but not to anywhere, is a failure. Taken for the end it would be a loss. */
    private static Optional<String> next(ListRequest request, ListObjectsV2Response response) {
        if (!S3Bucket.answered(response.isTruncated(), "IsTruncated")) {
            return Optional.empty();
        }
        Optional<String> next = lastOf(response)
                .filter(last -> !LegalXml.carries(last))
                .map(last -> BEHIND + last)
                .or(() -> Optional.ofNullable(response.nextContinuationToken()));
        if (next.isEmpty() || next.equals(request.token())) {
            throw broken(request, "the store says that there is more, but not where");
        }
        return next;
    }

    private static Optional<String> lastOf(ListObjectsV2Response response) {
        List<S3Object> objects = response.contents();
        return objects.isEmpty()
                ? Optional.empty()
                : Optional.of(objects.get(objects.size() - 1).key());
    }

    private static StorageException broken(ListRequest request, String how) {
        return new StorageException(ErrorKind.INTERNAL, "list", request.prefix(), how);
    }

    private void sort(
            ListRequest request, S3Object object, List<ListPage.Entry> entries, List<ListPage.Rejected> rejected) {
        if (!object.key().startsWith(bucket.keys().below(request.prefix()))) {
            throw broken(request, "the store lists objects outside the folder that was asked for");
        }
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
