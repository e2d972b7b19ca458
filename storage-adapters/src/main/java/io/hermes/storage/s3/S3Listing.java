package io.hermes.storage.s3;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists documents page by page. Our token is the store's, unless the page ends at a name that XML does not carry. The store's token may
 * be made of it, and then the page goes on behind that name.
 */
final class S3Listing {

    private final S3Bucket bucket;

    private final FolderListing folders;

    S3Listing(S3Bucket bucket) {
        this.bucket = bucket;
        this.folders = new FolderListing(bucket);
    }

    /** Either way, a listing may have begun in the other: what began with a server's token ends with that. */
    Uni<ListPage> list(ListRequest request) {
        Optional<Behind> behind = request.token().flatMap(Behind::of);
        boolean byFolders = bucket.config().listsFolders()
                && behind.isPresent() == request.token().isPresent();
        return (byFolders ? folders.list(request, behind) : flat(request, behind))
                .onFailure()
                .transform(failure -> ofTheWholeBucket(S3Errors.of("list", request.prefix(), failure)));
    }

    private Uni<ListPage> flat(ListRequest request, Optional<Behind> behind) {
        // Without URL encoding, a name with a control character makes the whole page unreadable as XML.
        ListObjectsV2Request.Builder list = ListObjectsV2Request.builder()
                .bucket(bucket.name())
                .prefix(bucket.keys().below(request.prefix()))
                .maxKeys(request.limit())
                .encodingType(EncodingType.URL);
        behind.map(Behind::startAfter)
                .ifPresentOrElse(list::startAfter, () -> request.token().ifPresent(list::continuationToken));
        return bucket.ask("list", request.prefix(), () -> bucket.s3().listObjectsV2(list.build()))
                .map(response -> page(request, response));
    }

    /** Where a listing is not found, nothing is: most often an address at which no S3 server stands. */
    static Throwable ofTheWholeBucket(Throwable failure) {
        return failure instanceof StorageException known && known.kind() == ErrorKind.NOT_FOUND
                ? new StorageException(
                        ErrorKind.CONTAINER_MISSING, known.operation(), known.key(), "no bucket is at this endpoint")
                : failure;
    }

    private ListPage page(ListRequest request, ListObjectsV2Response response) {
        ListedObjects found = new ListedObjects(bucket.keys(), request);
        response.contents().forEach(found::add);
        return found.page(next(request, response));
    }

    private static Optional<String> next(ListRequest request, ListObjectsV2Response response) {
        if (!S3Bucket.answered(response.isTruncated(), "IsTruncated")) {
            return Optional.empty();
        }
        Optional<String> next = lastOf(response)
                .filter(last -> !LegalXml.carries(last))
                .map(last -> Behind.object(last).token())
                .or(() -> Optional.ofNullable(response.nextContinuationToken()));
        if (next.isEmpty() || next.equals(request.token())) {
            throw ListedObjects.leadsNowhere(request);
        }
        return next;
    }

    private static Optional<String> lastOf(ListObjectsV2Response response) {
        List<S3Object> objects = response.contents();
        return objects.isEmpty()
                ? Optional.empty()
                : Optional.of(objects.get(objects.size() - 1).key());
    }

    static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }
}
