package io.hermes.storage.s3;

import static io.hermes.storage.contract.Steps.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.Feature;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.ProbeReport.Outcome;
import io.hermes.storage.testing.S3Server;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;

/** A probe that is disturbed: it still reports, and still leaves no trace. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3ProbeFaultTest {

    private final S3Clients clients = new S3Clients();
    private S3Server server;
    private S3AsyncClient bystander;
    private Interposed client;
    private S3Bucket bucket;
    private DocumentStore store;

    @BeforeAll
    void start() {
        server = S3Server.start(S3Server.Backend.TRANSIENT_NIO2, "documents");
        bystander = server.client();
        bystander
                .putBucketVersioning(put -> put.bucket(server.bucket())
                        .versioningConfiguration(with -> with.status(BucketVersioningStatus.ENABLED)))
                .join();
        S3Config config = S3Settings.read(S3StoreSettings.on(server).build()).config();
        S3Clients.Lease lease = clients.lease(config);
        client = new Interposed(lease.s3(), false);
        bucket = new S3Bucket(lease.s3(), config, new S3Keys("", 0));
        store = new S3DocumentStore(
                config,
                new S3Clients.Lease(client, lease.http(), lease.credentials(), lease.release()),
                true,
                Optional.empty());
    }

    @AfterAll
    void stop() {
        store.close();
        clients.close();
        bystander.close();
        server.close();
    }

    @Test
    void whateverRequestFailsNothingIsLeft() {
        client.before(request -> request);
        ProbeReport undisturbed = await(store.probe(ProbeDepth.CAPABILITIES));
        int requests = client.asked().size();
        assertThat(undisturbed.healthy()).as("%s", undisturbed).isTrue();
        assertThat(requests).isGreaterThan(30);
        for (int number = 1; number <= requests; number++) {
            // Given
            client.before(failing(number));

            // When
            ProbeReport report = await(store.probe(ProbeDepth.CAPABILITIES));

            // Then
            if (outcomes(report).get("cleanup") == Outcome.FAILED) {
                assertThat(report.healthy()).isFalse();
                // The request that failed was one of the cleanup's; the next run would do it, in an hour.
                await(cleanup(Duration.ofHours(2)));
            }
            assertThat(left()).as("after request %s failed: %s", number, report).isEmpty();
        }
    }

    /** It is cut off while it reads: a write that is on its way then may arrive after everything else. */
    @Test
    void aProbeThatIsCutOffCleansUp() {
        // Given
        AtomicInteger puts = new AtomicInteger();
        CompletableFuture<UniAssertSubscriber<ProbeReport>> caller = new CompletableFuture<>();
        AtomicBoolean cut = new AtomicBoolean();
        client.before(request -> {
            if (request instanceof PutObjectRequest) {
                puts.incrementAndGet();
            } else if (puts.get() > 3 && request instanceof HeadObjectRequest && cut.compareAndSet(false, true)) {
                caller.join().cancel();
            }
            return request;
        });

        // When
        caller.complete(store.probe(ProbeDepth.CAPABILITIES).subscribe().withSubscriber(UniAssertSubscriber.create()));

        // Then
        Awaitility.await().untilAsserted(() -> assertThat(cut).isTrue());
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(left()).isEmpty());
    }

    @Test
    void twoProbesAtOnceDoNotDisturbEachOther() {
        // Given
        client.before(request -> request);
        Uni<ProbeReport> probe = store.probe(ProbeDepth.CAPABILITIES);

        // When
        List<ProbeReport> reports = await(Uni.join().all(probe, probe, probe).andFailFast());

        // Then
        assertThat(reports).allSatisfy(report -> {
            assertThat(report.healthy()).as("%s", report).isTrue();
            assertThat(report.measured()).isEqualTo(reports.get(0).measured());
            assertThat(report.measured().saw(Feature.REVISIONS)).isTrue();
        });
        assertThat(left()).isEmpty();
    }

    @Test
    void whatADeadProbeLeftIsRemovedOnlyWhenItIsOld() {
        // Given
        ProbeObjects dead = new ProbeObjects(bucket);
        await(dead.put("first", "one", put -> {}));
        await(dead.put("first", "two", put -> {}));
        await(dead.delete("first", delete -> {}));

        // When
        await(cleanup(Duration.ofMinutes(59)));
        List<String> young = left();
        await(cleanup(Duration.ofMinutes(61)));

        // Then
        assertThat(young).hasSize(3);
        assertThat(left()).isEmpty();
    }

    @Test
    void notBeingAllowedToAskIsNoFailure() {
        // Given
        client.before(denying(GetBucketVersioningRequest.class));

        // When
        ProbeReport report = await(store.probe(ProbeDepth.CAPABILITIES));

        // Then
        assertThat(report.healthy()).as("%s", report).isTrue();
        assertThat(outcomes(report)).containsEntry("versions", Outcome.SKIPPED);
        assertThat(report.steps())
                .filteredOn(step -> step.name().equals("versions"))
                .singleElement()
                .satisfies(step -> assertThat(step.hint()).contains("s3:GetBucketVersioning"));
        assertThat(report.measured().saw(Feature.REVISIONS)).isFalse();
        assertThat(left()).isEmpty();
    }

    @Test
    void notBeingAllowedToListVersionsHidesWhatIsLeft() {
        // Given
        client.before(denying(ListObjectVersionsRequest.class));

        // When
        ProbeReport report = await(store.probe(ProbeDepth.CAPABILITIES));

        // Then
        assertThat(report.healthy()).as("%s", report).isTrue();
        assertThat(report.measured().saw(Feature.REVISIONS)).isFalse();
        assertThat(bystander
                        .listObjectsV2(list -> list.bucket(server.bucket()))
                        .join()
                        .contents())
                .isEmpty();
        await(cleanup(Duration.ofHours(2)));
    }

    @Test
    void notBeingAllowedToDeleteVersionsIsSaid() {
        // Given
        client.before(request -> {
            if (request instanceof DeleteObjectRequest delete && delete.versionId() != null) {
                throw denial();
            }
            return request;
        });

        // When
        ProbeReport report = await(store.probe(ProbeDepth.CAPABILITIES));

        // Then
        assertThat(report.healthy()).as("%s", report).isTrue();
        assertThat(outcomes(report)).containsEntry("cleanup", Outcome.SKIPPED);
        await(cleanup(Duration.ofHours(2)));
        assertThat(left()).isEmpty();
    }

    /** As if it ran that much later. */
    private Uni<Void> cleanup(Duration later) {
        return new ProbeCleanup(new ProbeObjects(bucket), Clock.offset(Clock.systemUTC(), later)).run();
    }

    private static Map<String, Outcome> outcomes(ProbeReport report) {
        return report.steps().stream().collect(Collectors.toMap(ProbeReport.Step::name, ProbeReport.Step::outcome));
    }

    private List<String> left() {
        List<String> left = new ArrayList<>();
        ListObjectVersionsResponse found = bystander
                .listObjectVersions(list -> list.bucket(server.bucket()).prefix(DocumentKey.PROBE_PREFIX))
                .join();
        found.versions().forEach(version -> left.add(version.key()));
        found.deleteMarkers().forEach(marker -> left.add(marker.key()));
        bystander
                .listMultipartUploads(list -> list.bucket(server.bucket()))
                .join()
                .uploads()
                .forEach(upload -> left.add(upload.key()));
        return left;
    }

    private static UnaryOperator<S3Request> failing(int number) {
        AtomicInteger met = new AtomicInteger();
        return request -> {
            if (met.incrementAndGet() == number) {
                throw SdkClientException.create("cut off", new IOException("cut off"));
            }
            return request;
        };
    }

    private static UnaryOperator<S3Request> denying(Class<? extends S3Request> type) {
        return request -> {
            if (type.isInstance(request)) {
                throw denial();
            }
            return request;
        };
    }

    private static RuntimeException denial() {
        return S3Exception.builder()
                .statusCode(403)
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode("AccessDenied").build())
                .build();
    }
}
