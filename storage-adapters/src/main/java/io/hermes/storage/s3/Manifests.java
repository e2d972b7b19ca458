package io.hermes.storage.s3;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/** Writes, reads and removes documents' manifests. Their names are ours by construction, so that nobody's object can be hit. */
final class Manifests {

    /** Says on the object itself, for those who come with other tools, what it is. */
    private static final String HEADER = "hermes-manifest";

    private final S3Bucket bucket;

    Manifests(S3Bucket bucket) {
        this.bucket = bucket;
    }

    private String objectOf(String operation, DocumentKey key) {
        return bucket.keys().objectOf(operation, key) + ManifestName.suffix(key.name());
    }

    Uni<Void> put(DocumentKey key, String write, byte[] json) {
        String object = objectOf("write", key);
        return bucket.ask(
                        "write",
                        key.value(),
                        () -> bucket.s3()
                                .putObject(
                                        put -> put.bucket(bucket.name())
                                                .key(object)
                                                .contentLength((long) json.length)
                                                .contentType("application/json")
                                                .metadata(Map.of(HEADER, write)),
                                        AsyncRequestBody.fromBytesUnsafe(json)))
                .replaceWithVoid();
    }

    /** The document's manifest, if there is one that can be read. */
    Uni<Optional<Manifest>> get(String operation, DocumentKey key) {
        String object = objectOf(operation, key);
        return bucket.ask(
                        operation,
                        key.value(),
                        () -> bucket.s3()
                                .getObject(
                                        get -> get.bucket(bucket.name()).key(object),
                                        new ContentReceiver(key.value(), Manifest.MOST_BYTES)))
                .map(Manifests::read)
                .onFailure(StorageException.is(ErrorKind.NOT_FOUND))
                .recoverWithItem(Optional.empty());
    }

    private static Optional<Manifest> read(ContentReceiver.Received received) {
        return switch (received.content()) {
            case DocumentContent.Whole whole -> Manifest.read(whole.bytes());
            case DocumentContent.Streamed tooLong -> {
                received.discard().run();
                yield Optional.empty();
            }
        };
    }

    Uni<Void> delete(DocumentKey key) {
        String object = objectOf("delete", key);
        return bucket.ask(
                        "delete",
                        key.value(),
                        () -> bucket.s3()
                                .deleteObject(
                                        delete -> delete.bucket(bucket.name()).key(object)))
                .replaceWithVoid()
                .onFailure(StorageException.is(ErrorKind.NOT_FOUND))
                .recoverWithNull();
    }
}
