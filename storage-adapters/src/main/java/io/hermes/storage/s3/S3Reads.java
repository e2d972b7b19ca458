package io.hermes.storage.s3;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Looks at documents and opens them: one request each, unless a document is large ({@link RangedBody}). */
final class S3Reads {

    /** Longest array of the platform. */
    private static final long MAX_WHOLE = Integer.MAX_VALUE - 8L;

    /**
     * The answer to a HEAD has no body, hence no word whether the document or the whole bucket is meant, and none about the
     * credentials that expired or the clock that is wrong, which is a mere 400.
     */
    static final Predicate<Throwable> VAGUE =
            StorageException.is(ErrorKind.NOT_FOUND, ErrorKind.PERMISSION_DENIED, ErrorKind.INTERNAL);

    /** S3 answers 405 to whoever asks for a delete marker as if it were a document, other servers 404. */
    static final Predicate<Throwable> DELETION = StorageException.is(ErrorKind.UNSUPPORTED, ErrorKind.NOT_FOUND);

    private final S3Bucket bucket;
    private final MetadataReads metadata;
    private final boolean checksums;

    /** @param checksums whether the store was seen to keep a SHA-256 of its own */
    S3Reads(S3Bucket bucket, boolean checksums) {
        this.bucket = bucket;
        this.metadata = new MetadataReads(bucket);
        this.checksums = checksums;
    }

    Uni<DocumentStat> stat(DocumentKey key) {
        return Uni.createFrom()
                .deferred(() -> head(key))
                .chain(response -> metadata.complete("stat", statOf(key, response), response.metadata()))
                .onFailure()
                .transform(failure -> S3Errors.of("stat", key.value(), failure))
                .onFailure(VAGUE)
                .recoverWithUni(failure -> explain((StorageException) failure));
    }

    private Uni<HeadObjectResponse> head(DocumentKey key) {
        String object = bucket.keys().objectOf("stat", key);
        return bucket.ask(
                "stat",
                key.value(),
                () -> bucket.s3().headObject(head -> {
                    head.bucket(bucket.name()).key(object);
                    if (checksums) {
                        head.checksumMode(ServerChecksum.TELL);
                    }
                }));
    }

    static DocumentStat statOf(DocumentKey key, HeadObjectResponse response) {
        return S3Bucket.stat(
                key,
                S3Bucket.answered(response.contentLength(), "Content-Length"),
                response.lastModified(),
                S3Bucket.revision(response.eTag(), response.versionId()),
                response.metadata(),
                response.contentType(),
                ServerChecksum.read(response.checksumSHA256(), response.checksumType()));
    }

    /** Asks for a listing of nothing, whose answer says what is wrong if it is the bucket or the credentials. */
    private <T> Uni<T> explain(StorageException vague) {
        return bucket.ask(
                        vague.operation(),
                        vague.key(),
                        () -> bucket.s3()
                                .listObjectsV2(list -> list.bucket(bucket.name())
                                        .prefix(bucket.keys().below(DocumentKey.PROBE_PREFIX + "none"))
                                        .maxKeys(1)))
                .onFailure()
                .transform(S3Listing::ofTheWholeBucket)
                .onFailure(VAGUE)
                .recoverWithNull()
                .chain(() -> Uni.createFrom().failure(vague));
    }

    /** Whether a document stands under the key. */
    Uni<Boolean> present(DocumentKey key) {
        return Uni.createFrom()
                .deferred(() -> head(key))
                .replaceWith(true)
                .onFailure(StorageException.is(ErrorKind.NOT_FOUND))
                .recoverWithItem(false);
    }

    Uni<OpenDocument> read(ReadRequest request) {
        return Uni.createFrom().deferred(() -> get(request));
    }

    private Uni<OpenDocument> get(ReadRequest request) {
        String key = request.key().value();
        GetObjectRequest get = getRequest(request);
        AtomicInteger requests = new AtomicInteger(1);
        return bucket.ask(
                        "read",
                        key,
                        () -> bucket.s3()
                                .getObject(get, new ContentReceiver(key, Math.min(request.wholeUpTo(), MAX_WHOLE))))
                .onFailure(StorageException.is(ErrorKind.PRECONDITION_FAILED))
                .transform(failure -> changed(key))
                .onFailure(failure -> get.versionId() != null && DELETION.test(failure))
                .transform(failure -> noSuchRevision("read", request.key()))
                .chain(received -> complete(open(request, get, received, requests), received, requests))
                .onFailure()
                .transform(failure -> S3Errors.of("read", key, failure));
    }

    /** The body waits meanwhile. */
    private Uni<OpenDocument> complete(OpenDocument open, ContentReceiver.Received received, AtomicInteger requests) {
        Map<String, String> user = received.response().metadata();
        requests.addAndGet(metadata.requests(user));
        return metadata.complete("read", open.stat(), user)
                .map(stat -> new OpenDocument(stat, open.content(), open.discard(), open.requests()))
                .onFailure()
                .invoke(failure -> open.discard().run())
                .onCancellation()
                .invoke(() -> open.discard().run());
    }

    private GetObjectRequest getRequest(ReadRequest request) {
        GetObjectRequest.Builder get = GetObjectRequest.builder()
                .bucket(bucket.name())
                .key(bucket.keys().objectOf("read", request.key()));
        // A deletion has no ETag.
        request.revision()
                .filter(revision -> !revision.etag().isEmpty())
                .map(S3Bucket::quoted)
                .ifPresent(get::ifMatch);
        request.revision().flatMap(Revision::version).ifPresent(get::versionId);
        if (checksums) {
            get.checksumMode(ServerChecksum.TELL);
        }
        return get.build();
    }

    static StorageException noSuchRevision(String operation, DocumentKey key) {
        return new StorageException(
                ErrorKind.NOT_FOUND, operation, key.value(), "there is no such revision, or it is a deletion");
    }

    private static StorageException changed(String key) {
        return new StorageException(
                ErrorKind.CHANGED, "read", key, "the document is no longer at the revision that was asked for");
    }

    private OpenDocument open(
            ReadRequest request, GetObjectRequest get, ContentReceiver.Received received, AtomicInteger requests) {
        try {
            DocumentStat stat = pinned(request, received);
            return new OpenDocument(stat, content(get, stat, received, requests), received.discard(), requests::get);
        } catch (StorageException other) {
            received.discard().run();
            throw other;
        }
    }

    private DocumentContent content(
            GetObjectRequest get, DocumentStat stat, ContentReceiver.Received received, AtomicInteger requests) {
        return switch (received.content()) {
            case DocumentContent.Whole whole -> whole;
            case DocumentContent.Streamed stream ->
                RangedBody.suits(bucket.config(), stream.size())
                        ? checked(
                                stat,
                                received.response(),
                                new RangedBody(bucket, get, stat, requests::incrementAndGet).after(stream))
                        : stream;
        };
    }

    private static DocumentContent checked(DocumentStat stat, GetObjectResponse head, DocumentContent.Streamed stream) {
        return ToldChecksum.of(head)
                .map(told -> new DocumentContent.Streamed(
                        stream.size(), told.checking(stat.key().value(), stream.bytes())))
                .orElse(stream);
    }

    private static DocumentStat pinned(ReadRequest request, ContentReceiver.Received received) {
        GetObjectResponse response = received.response();
        // Nobody asked for a part, so this would pass for a shorter document.
        if (response.contentRange() != null) {
            throw new StorageException(
                    ErrorKind.CONTENT_TRUNCATED, "read", request.key().value(), "the store sent a part only");
        }
        DocumentStat stat = S3Bucket.stat(
                request.key(),
                received.content().size(),
                response.lastModified(),
                S3Bucket.revision(response.eTag(), response.versionId()),
                response.metadata(),
                response.contentType(),
                ServerChecksum.read(response.checksumSHA256(), response.checksumType()));
        // Not every clone honours If-Match on GET.
        if (request.revision()
                .filter(wanted -> !wanted.matches(stat.revision()))
                .isPresent()) {
            throw changed(request.key().value());
        }
        return stat;
    }
}
