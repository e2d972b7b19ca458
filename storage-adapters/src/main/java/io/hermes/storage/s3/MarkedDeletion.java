package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionPage.Entry;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;

/**
 * Deletes one revision in a bucket that keeps versions, whether or not its server checks If-Match on DELETE. Where it does not, a
 * delete marker is put on top, and what then lies directly below it is what was really deleted. If that is another revision, the
 * marker, and nothing else, is taken back.
 *
 * <p>No version is ever removed. After a crash in between, a repetition finds the marker on top and judges what lies below it, but
 * leaves the marker alone, since nothing says who put it there.
 */
final class MarkedDeletion {

    /** Entries asked for to see what lies on top: a marker or two and the document below. */
    private static final int GLANCE = 5;

    private final S3Bucket bucket;
    private final S3History history;
    private final BiFunction<DocumentKey, Revision, Uni<Void>> matching;
    private volatile boolean serverChecks;

    /** @param matching deletes with If-Match, for servers that turn out to check it */
    MarkedDeletion(S3Bucket bucket, BiFunction<DocumentKey, Revision, Uni<Void>> matching) {
        this.bucket = bucket;
        this.matching = matching;
        this.history = new S3History(bucket, "delete");
    }

    /** What lies on top, and the newest state below it that is no deletion. */
    private record Standing(Optional<Entry> top, Optional<Entry> document) {

        boolean deleted() {
            return top.map(Entry::deletion).orElse(true);
        }

        boolean isAt(Revision pinned) {
            return document.map(entry -> entry.revision().matches(pinned)).orElse(false);
        }
    }

    Uni<Void> delete(DocumentKey key, Revision pinned) {
        return serverChecks ? matching.apply(key, pinned) : look(key, pinned);
    }

    /** In a bucket whose versioning was suspended, a marker replaces what was written last instead of covering it. */
    private Uni<Void> look(DocumentKey key, Revision pinned) {
        return Uni.combine()
                .all()
                .unis(bucket.keepsVersions("delete"), standing(key, Optional.empty()))
                .asTuple()
                .chain(found -> found.getItem1() ? begin(key, pinned, found.getItem2()) : noVersions(key));
    }

    private Uni<Standing> standing(DocumentKey key, Optional<String> below) {
        return history.page(key, below, GLANCE).chain(page -> {
            Optional<Entry> top = page.entries().stream().findFirst();
            Optional<Entry> document =
                    page.entries().stream().filter(entry -> !entry.deletion()).findFirst();
            return document.isPresent() || page.next().isEmpty()
                    ? Uni.createFrom().item(new Standing(top, document))
                    : standing(key, page.next()).map(deeper -> new Standing(top, deeper.document()));
        });
    }

    private Uni<Void> begin(DocumentKey key, Revision pinned, Standing now) {
        if (now.deleted()) {
            return settled(key, pinned, now);
        }
        return now.isAt(pinned) ? mark(key, pinned) : refuse(key, "another revision stands there");
    }

    /**
     * Deletes without looking first. The precondition never holds, so that a server which checks it shows itself, and the document
     * stays where it is.
     */
    Uni<Void> mark(DocumentKey key, Revision pinned) {
        return remove(key, delete -> delete.ifMatch(S3Bucket.NO_ETAG))
                .onItem()
                .transform(Optional::of)
                .onFailure(StorageException.is(ErrorKind.PRECONDITION_FAILED))
                .recoverWithItem(Optional.empty())
                .chain(done -> done.isPresent() ? marked(key, pinned, done.get()) : checked(key, pinned));
    }

    private Uni<Void> checked(DocumentKey key, Revision pinned) {
        serverChecks = true;
        return matching.apply(key, pinned);
    }

    private Uni<Void> marked(DocumentKey key, Revision pinned, DeleteObjectResponse done) {
        return Boolean.TRUE.equals(done.deleteMarker()) && done.versionId() != null
                ? standing(key, Optional.of(done.versionId()))
                        .chain(below -> verify(key, pinned, done.versionId(), below))
                // Ceph puts no marker on another: somebody was faster.
                : standing(key, Optional.empty()).chain(now -> settled(key, pinned, now));
    }

    private Uni<Void> verify(DocumentKey key, Revision pinned, String marker, Standing below) {
        if (below.document().isEmpty() || below.isAt(pinned)) {
            return Uni.createFrom().voidItem();
        }
        return remove(key, delete -> delete.versionId(marker))
                .onFailure(StorageException.class)
                .transform(failure -> hidden((StorageException) failure, marker))
                .chain(() -> standing(key, Optional.empty()))
                .chain(now -> now.deleted()
                        ? settled(key, pinned, now)
                        : refuse(key, "it changed meanwhile; our delete marker was taken back"));
    }

    /** Nothing stands there: by the deletion that was asked for, or by one that hides another revision. */
    private Uni<Void> settled(DocumentKey key, Revision pinned, Standing now) {
        if (!now.deleted()) {
            return refuse(key, "it was written while it was being deleted");
        }
        return now.document().isEmpty() || now.isAt(pinned)
                ? Uni.createFrom().voidItem()
                : refuse(
                        key,
                        "delete marker "
                                + now.top()
                                        .flatMap(top -> top.revision().version())
                                        .orElse("")
                                + " hides another revision; remove the marker to bring that back");
    }

    private Uni<DeleteObjectResponse> remove(DocumentKey key, Consumer<DeleteObjectRequest.Builder> what) {
        DeleteObjectRequest.Builder delete = DeleteObjectRequest.builder()
                .bucket(bucket.name())
                .key(bucket.keys().objectOf("delete", key));
        what.accept(delete);
        return bucket.ask("delete", key.value(), () -> bucket.s3().deleteObject(delete.build()));
    }

    private static StorageException hidden(StorageException failure, String marker) {
        return new StorageException(
                failure.kind(),
                "delete",
                failure.key(),
                "it changed meanwhile, and our delete marker " + marker
                        + " could not be taken back; remove it to bring the document back",
                failure.retryAfter(),
                null);
    }

    private static Uni<Void> refuse(DocumentKey key, String why) {
        return Uni.createFrom()
                .failure(new StorageException(ErrorKind.PRECONDITION_FAILED, "delete", key.value(), why));
    }

    private static Uni<Void> noVersions(DocumentKey key) {
        return Uni.createFrom()
                .failure(() -> StorageException.unsupported("delete", key, "the bucket keeps no versions any more"));
    }
}
