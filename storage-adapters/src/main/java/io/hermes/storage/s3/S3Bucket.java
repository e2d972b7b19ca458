package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Precondition;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * One bucket, ready to be asked: what all operations share.
 *
 * @param s3 the client
 * @param config the provider's settings
 * @param keys translation of keys
 */
record S3Bucket(S3AsyncClient s3, S3Config config, S3Keys keys) {

    /** The version id of objects that were written while the bucket kept no versions; it names no particular state. */
    private static final String UNVERSIONED = "null";

    /** A quoted ETag that no object ever has. */
    static final String NO_ETAG = "\"00000000000000000000000000000000\"";

    String name() {
        return config.bucket();
    }

    /** Asks the store once a subscription; every failure comes as a {@link StorageException}. Cancelling ends the request. */
    <T> Uni<T> ask(String operation, String key, Supplier<CompletableFuture<T>> request) {
        return raw(request).onFailure().transform(failure -> S3Errors.of(operation, key, failure));
    }

    /** The same with the SDK's own failures, for those who must look at them first. */
    <T> Uni<T> raw(Supplier<CompletableFuture<T>> request) {
        return Uni.createFrom().completionStage(request);
    }

    /** Whether the bucket keeps versions just now; a suspended one does not. */
    Uni<Boolean> keepsVersions(String operation) {
        return ask(operation, name(), () -> s3.getBucketVersioning(get -> get.bucket(name())))
                .map(answer -> answer.status() == BucketVersioningStatus.ENABLED);
    }

    /** Puts a precondition into whichever request it is to hold for. */
    static void require(Precondition precondition, Consumer<String> ifNoneMatch, Consumer<String> ifMatch) {
        switch (precondition) {
            case Precondition.None none -> {}
            case Precondition.IfAbsent absent -> ifNoneMatch.accept("*");
            case Precondition.IfMatches matches -> ifMatch.accept(quoted(matches.revision()));
        }
    }

    static String quoted(Revision revision) {
        return '"' + revision.etag() + '"';
    }

    /** A document's present state. An answer without an ETag is no answer of an S3 server, whatever its status. */
    static Revision revision(String etag, String versionId) {
        return Revision.of(bare(answered(etag, "ETag")), UNVERSIONED.equals(versionId) ? null : versionId);
    }

    /** An ETag without the quotes that HTTP puts around it; empty where a store gives none. */
    static String bare(String etag) {
        if (etag == null) {
            return "";
        }
        int from = etag.startsWith("\"") ? 1 : 0;
        int to = etag.length() > from && etag.endsWith("\"") ? etag.length() - 1 : etag.length();
        return etag.substring(from, to);
    }

    /** A part that every S3 server's answer has. */
    static <T> T answered(T part, String name) {
        if (part == null) {
            throw new StorageException(
                    ErrorKind.UNAVAILABLE, "read", "", "the answer has no " + name + "; is this an S3 server?");
        }
        return part;
    }

    /** @param checked the hash that the store itself keeps and checks, which outweighs what anybody wrote into a header */
    static DocumentStat stat(
            DocumentKey key,
            long size,
            Instant modified,
            Revision revision,
            Map<String, String> user,
            String contentType,
            Optional<ContentHash> checked) {
        DocumentMetadata said = S3Metadata.read(user, contentType);
        return new DocumentStat(
                key,
                size,
                answered(modified, "Last-Modified").truncatedTo(ChronoUnit.SECONDS),
                revision,
                checked.map(hash -> said.toBuilder().contentHash(hash).build()).orElse(said),
                S3Metadata.marker(user));
    }
}
