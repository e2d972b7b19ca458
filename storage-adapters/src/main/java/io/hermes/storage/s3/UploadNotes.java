package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Keeps one small object for every upload by parts that is on its way, below {@value #FOLDER} of the provider's prefix. A note's name
 * tells which write of which document it is about ({@link UploadPlan#fingerprint}), so that the same write finds its parts again after
 * a crash, and the notes together are the list of the uploads that are ours to clean up. Losing one loses a resumption, nothing else.
 */
final class UploadNotes {

    /** Beside the probe's folder, and like it never listed as documents. */
    static final String FOLDER = DocumentKey.RESERVED_PREFIX + "uploads/";

    private static final int MOST_AT_ONCE = 1000;

    private final S3Bucket bucket;

    UploadNotes(S3Bucket bucket) {
        this.bucket = bucket;
    }

    private String folder() {
        return bucket.keys().root() + FOLDER;
    }

    private String folderOf(String object) {
        ByteBuffer key = ByteBuffer.wrap(object.getBytes(StandardCharsets.UTF_8));
        return folder() + ContentHash.of(key).hex() + "/";
    }

    /** Leaves a note under a name that no other note ever had: who takes an upload over, replaces its note. */
    Uni<UploadNote> leave(String object, String fingerprint, String uploadId) {
        String name = folderOf(object) + fingerprint + "-" + UUID.randomUUID();
        UploadNote note = new UploadNote(name, Optional.empty(), uploadId, object);
        return ask(
                        object,
                        () -> bucket.s3()
                                .putObject(
                                        put -> put.bucket(bucket.name())
                                                .key(name)
                                                .contentType("text/plain; charset=utf-8"),
                                        AsyncRequestBody.fromByteBuffer(note.text())))
                .map(done -> new UploadNote(name, version(done.versionId()), uploadId, object));
    }

    /** The newest note about this very write. */
    Uni<Optional<UploadNote>> find(String object, String fingerprint) {
        return names(object, folderOf(object) + fingerprint + "-")
                .chain(found -> found.stream()
                        .max((one, other) -> one.lastModified().compareTo(other.lastModified()))
                        .map(newest -> read(newest.key()))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    /** Up to {@value #MOST_AT_ONCE} notes that nobody touched since then. */
    Multi<UploadNote> olderThan(Instant then) {
        return names(bucket.name(), folder())
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found))
                .filter(note -> note.lastModified().isBefore(then))
                .onItem()
                .transformToUniAndConcatenate(note -> read(note.key()))
                .filter(Optional::isPresent)
                .map(Optional::get);
    }

    private Uni<List<S3Object>> names(String about, String prefix) {
        return ask(
                        about,
                        () -> bucket.s3()
                                .listObjectsV2(list -> list.bucket(bucket.name())
                                        .prefix(prefix)
                                        .maxKeys(MOST_AT_ONCE)))
                .map(page -> page.contents());
    }

    /** Absent if it is gone, or says something else than ours do: then it is not for us to act on it. */
    private Uni<Optional<UploadNote>> read(String name) {
        return ask(
                        name,
                        () -> bucket.s3()
                                .getObject(
                                        get -> get.bucket(bucket.name()).key(name), AsyncResponseTransformer.toBytes()))
                .map(body -> UploadNote.parse(name, version(body.response().versionId()), body.asByteBuffer()))
                .map(note -> note.filter(this::isOurs))
                .onFailure(StorageException.is(ErrorKind.NOT_FOUND))
                .recoverWithItem(Optional.empty());
    }

    private boolean isOurs(UploadNote note) {
        return note.object().startsWith(bucket.keys().root()) && note.name().startsWith(folderOf(note.object()));
    }

    /** Whether the note is where it was left. It is not once somebody else has taken the upload over. */
    Uni<Boolean> stands(UploadNote note) {
        return ask(
                        note.object(),
                        () -> bucket.s3()
                                .headObject(head -> head.bucket(bucket.name()).key(note.name())))
                .replaceWith(true)
                .onFailure(StorageException.is(ErrorKind.NOT_FOUND))
                .recoverWithItem(false);
    }

    Uni<Void> remove(UploadNote note) {
        return ask(
                        note.object(),
                        () -> bucket.s3()
                                .deleteObject(delete -> delete.bucket(bucket.name())
                                        .key(note.name())
                                        .versionId(note.version().orElse(null))))
                .replaceWithVoid()
                .onFailure(StorageException.is(ErrorKind.NOT_FOUND))
                .recoverWithNull();
    }

    private Optional<String> version(String id) {
        return S3Bucket.revision("", id).version();
    }

    private <T> Uni<T> ask(String about, Supplier<CompletableFuture<T>> request) {
        return bucket.ask("write", about, request);
    }
}
