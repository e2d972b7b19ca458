package io.hermes.storage.s3;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.failureOf;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeReport.Measured;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionPage;
import io.hermes.storage.RevisionRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.contract.Steps;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.S3Request;

/** A server that does not check If-Match on DELETE: one revision is deleted all the same, or nothing is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractMarkedDeletion {

    /** Each takes a dozen requests: a fifth of what the contract's races are run. */
    private static final int ROUNDS = Integer.getInteger("contract.rounds", 100) / 5;

    private static final Measured VERSIONS = new Measured(Set.of(Feature.REVISIONS, Feature.CONDITIONAL_DELETE));

    private final S3Clients clients = new S3Clients();
    private Interposed client;
    private DocumentStore store;
    private S3AsyncClient bystander;
    private DocumentKey key;

    abstract S3StoreSettings settings();

    /** A client that goes past the code under test. */
    abstract S3AsyncClient bystander();

    abstract String bucket();

    /** Whether this server's requests are atomic only one after the other. */
    boolean inTurn() {
        return false;
    }

    @BeforeAll
    void start() {
        bystander = bystander();
        S3Config config = S3Settings.read(settings().build()).config();
        S3Clients.Lease lease = clients.lease(config);
        client = new Interposed(lease.s3(), inTurn());
        store = new S3DocumentStore(
                config,
                new S3Clients.Lease(client, lease.http(), lease.credentials(), lease.release()),
                true,
                Optional.of(VERSIONS));
    }

    @BeforeEach
    void freshDocument() {
        key = new DocumentKey("marked/" + UUID.randomUUID());
        client.before(AbstractMarkedDeletion::unchecked);
    }

    @AfterEach
    void enableVersions() {
        versioning(BucketVersioningStatus.ENABLED);
    }

    @AfterAll
    void stop() {
        store.close();
        bystander.close();
        clients.close();
    }

    @Test
    void deletesTheRevisionThatWasMeant() {
        // Given
        Revision pinned = write(1);

        // When
        await(store.delete(key, Precondition.ifMatches(pinned)));
        await(store.delete(key, Precondition.ifMatches(pinned)));

        // Then one marker, however often it was asked for
        assertThat(kindOf(store.stat(key))).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(sizes()).containsExactly(0L, 1L);
    }

    @Test
    void anotherRevisionIsLeftAloneWithoutBeingTouched() {
        // Given
        Revision old = write(1);
        write(2);
        client.before(AbstractMarkedDeletion::unchecked);

        // When
        ErrorKind refused = kindOf(store.delete(key, Precondition.ifMatches(old)));

        // Then
        assertThat(refused).isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(client.asked()).noneMatch(DeleteObjectRequest.class::isInstance);
        assertThat(sizes()).containsExactly(2L, 1L);
    }

    @Test
    void whatNeverWasNeedsNoMarker() {
        await(store.delete(key, Precondition.ifMatches(Revision.of("0", "none"))));
        assertThat(sizes()).isEmpty();
    }

    @Test
    void aWriterBetweenLookAndMarkerLosesNothing() {
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            freshDocument();
            Revision pinned = write(1);
            client.before(once(DeleteObjectRequest.class::isInstance, () -> write(2)));

            // When
            ErrorKind refused = kindOf(store.delete(key, Precondition.ifMatches(pinned)));

            // Then
            assertThat(refused).isEqualTo(ErrorKind.PRECONDITION_FAILED);
            assertThat(read(store, key.value())).isEqualTo(bytes(2));
            assertThat(sizes()).containsExactly(2L, 1L);
        }
    }

    @Test
    void aWriterAtTheSameTimeLosesNothing() {
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            freshDocument();
            Revision pinned = write(1);
            Uni<Boolean> deleter = background(deletes(pinned));
            Uni<Boolean> writer =
                    background(store.write(Steps.request(key.value(), Steps.whole(bytes(2)), Precondition.none()))
                            .replaceWith(true));

            // When
            boolean deleted =
                    await(Uni.join().all(deleter, writer).andFailFast()).get(0);

            // Then what was written last is there, whoever was first, and a marker lies over what was meant or nowhere
            assertThat(read(store, key.value())).isEqualTo(bytes(2));
            assertThat(sizes()).isEqualTo(deleted ? List.of(2L, 0L, 1L) : List.of(2L, 1L));
        }
    }

    @Test
    void twoDeletersAgree() {
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            freshDocument();
            Revision pinned = write(1);

            // When
            Uni<Boolean> deleter = background(deletes(pinned));
            List<Boolean> deleted = await(Uni.join().all(deleter, deleter).andFailFast());

            // Then
            assertThat(deleted).containsExactly(true, true);
            assertThat(kindOf(store.stat(key))).isEqualTo(ErrorKind.NOT_FOUND);
            assertThat(sizes()).endsWith(0L, 1L);
        }
    }

    @Test
    void aCrashBehindTheMarkerIsSettledByRepeating() {
        // Given
        Revision pinned = write(1);
        client.before(failing(ListObjectVersionsRequest.class::isInstance, 2));
        ErrorKind crashed = kindOf(store.delete(key, Precondition.ifMatches(pinned)));
        client.before(AbstractMarkedDeletion::unchecked);

        // When
        await(store.delete(key, Precondition.ifMatches(pinned)));

        // Then
        assertThat(crashed).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(sizes()).containsExactly(0L, 1L);
    }

    @Test
    void aCrashThatHidesAnotherRevisionIsNamed() {
        // Given
        Revision pinned = write(1);
        UnaryOperator<S3Request> crash = failing(ListObjectVersionsRequest.class::isInstance, 2);
        UnaryOperator<S3Request> writer = once(DeleteObjectRequest.class::isInstance, () -> write(2));
        client.before(request -> writer.apply(crash.apply(request)));
        ErrorKind crashed = kindOf(store.delete(key, Precondition.ifMatches(pinned)));
        client.before(AbstractMarkedDeletion::unchecked);

        // When
        StorageException refused = failureOf(store.delete(key, Precondition.ifMatches(pinned)));

        // Then
        String marker = history().get(0).revision().version().orElseThrow();
        assertThat(crashed).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(refused.kind()).isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(refused).hasMessageContaining(marker);
        assertThat(sizes()).containsExactly(0L, 2L, 1L);
    }

    @Test
    void aMarkerThatCannotBeTakenBackIsNamed() {
        // Given
        Revision pinned = write(1);
        UnaryOperator<S3Request> crash = failing(DeleteObjectRequest.class::isInstance, 2);
        UnaryOperator<S3Request> writer = once(DeleteObjectRequest.class::isInstance, () -> write(2));
        client.before(request -> writer.apply(crash.apply(request)));

        // When
        StorageException failure = failureOf(store.delete(key, Precondition.ifMatches(pinned)));

        // Then
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(failure)
                .hasMessageContaining(history().get(0).revision().version().orElseThrow());
        assertThat(sizes()).containsExactly(0L, 2L, 1L);
    }

    @Test
    void aBucketThatKeepsNoVersionsAnyMoreIsNotDeletedFrom() {
        // Given
        Revision pinned = write(1);
        versioning(BucketVersioningStatus.SUSPENDED);

        // When
        ErrorKind refused = kindOf(store.delete(key, Precondition.ifMatches(pinned)));

        // Then
        assertThat(refused).isEqualTo(ErrorKind.UNSUPPORTED);
        assertThat(read(store, key.value())).isEqualTo(bytes(1));
    }

    @Test
    void aDocumentFromBeforeTheVersionsIsDeletedAndKept() {
        // Given
        versioning(BucketVersioningStatus.SUSPENDED);
        Revision pinned = write(1);
        versioning(BucketVersioningStatus.ENABLED);

        // When
        await(store.delete(key, Precondition.ifMatches(pinned)));
        List<RevisionPage.Entry> history = history();
        await(store.restore(key, history.get(1).revision(), Precondition.none()));

        // Then
        assertThat(history).extracting(RevisionPage.Entry::size).containsExactly(0L, 1L);
        assertThat(history.get(1).revision().version()).contains("null");
        assertThat(read(store, key.value())).isEqualTo(bytes(1));
    }

    private Revision write(int size) {
        return Steps.put(store, key.value(), bytes(size)).revision();
    }

    private Uni<Boolean> deletes(Revision pinned) {
        return store.delete(key, Precondition.ifMatches(pinned))
                .replaceWith(true)
                .onFailure(StorageException.is(ErrorKind.PRECONDITION_FAILED))
                .recoverWithItem(false);
    }

    private static <T> Uni<T> background(Uni<T> uni) {
        return uni.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private List<Long> sizes() {
        return history().stream().map(RevisionPage.Entry::size).toList();
    }

    private List<RevisionPage.Entry> history() {
        return await(store.revisions(new RevisionRequest(key, Optional.empty(), 100)))
                .entries();
    }

    private void versioning(BucketVersioningStatus status) {
        bystander
                .putBucketVersioning(put -> put.bucket(bucket()).versioningConfiguration(with -> with.status(status)))
                .join();
    }

    /** What a server does that does not check If-Match on DELETE: as if it had not been said. */
    private static S3Request unchecked(S3Request request) {
        return request instanceof DeleteObjectRequest delete
                ? delete.toBuilder().ifMatch(null).build()
                : request;
    }

    private static UnaryOperator<S3Request> once(Predicate<S3Request> when, Runnable act) {
        AtomicInteger met = new AtomicInteger();
        return request -> {
            if (when.test(request) && met.getAndIncrement() == 0) {
                act.run();
            }
            return unchecked(request);
        };
    }

    private static UnaryOperator<S3Request> failing(Predicate<S3Request> when, int number) {
        AtomicInteger met = new AtomicInteger();
        return request -> {
            if (when.test(request) && met.incrementAndGet() == number) {
                throw SdkClientException.create("cut off", new IOException("cut off"));
            }
            return unchecked(request);
        };
    }
}
