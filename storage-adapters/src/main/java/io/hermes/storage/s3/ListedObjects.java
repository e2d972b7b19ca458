package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.StorageException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects that one page of a listing has met, told apart: documents, names that cannot be documents, and what is neither. */
final class ListedObjects {

    private final S3Keys keys;
    private final ListRequest request;
    private final List<ListPage.Entry> entries = new ArrayList<>();
    private final List<ListPage.Rejected> rejected = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    ListedObjects(S3Keys keys, ListRequest request) {
        this.keys = keys;
        this.request = request;
    }

    void add(S3Object object) {
        if (seen.add(object.key()) && !isFolderMarker(object)) {
            sort(object);
        }
    }

    /** Whether the page has as many names as were asked for. */
    boolean isFull() {
        return room() <= 0;
    }

    /** So many names more it may have. */
    int room() {
        return request.limit() - entries.size() - rejected.size();
    }

    ListPage page(Optional<String> next) {
        return new ListPage(entries, rejected, next);
    }

    private void sort(S3Object object) {
        if (!object.key().startsWith(keys.below(request.prefix()))) {
            throw broken(request, "the store lists objects outside the folder that was asked for");
        }
        try {
            DocumentKey key = keys.documentOf(object.key());
            if (!S3Keys.isOurs(key)) {
                entries.add(entry(key, object));
            }
        } catch (StorageException noKey) {
            rejected.add(new ListPage.Rejected(
                    S3Listing.printable(keys.relative(object.key())),
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

    /** A listing that might go on, but not to anywhere, is a failure. Taken for the end it would be a loss. */
    static StorageException leadsNowhere(ListRequest request) {
        return broken(request, "the store says that there is more, but not where");
    }

    /** An answer that would make a short list of a long one. */
    static StorageException broken(ListRequest request, String how) {
        return new StorageException(ErrorKind.INTERNAL, "list", request.prefix(), how);
    }
}
