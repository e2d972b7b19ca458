package io.hermes.storage.s3;

import static io.hermes.storage.s3.ThroughFaults.BYTES;
import static io.hermes.storage.s3.ThroughFaults.KEY;
import static io.hermes.storage.s3.ThroughFaults.MIB;
import static io.hermes.storage.s3.ThroughFaults.await;
import static io.hermes.storage.s3.ThroughFaults.failureOf;
import static io.hermes.storage.s3.ThroughFaults.large;
import static io.hermes.storage.s3.ThroughFaults.small;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.ProxiedRequest;
import io.hermes.storage.testing.Requests;
import io.hermes.storage.testing.S3Server;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** A provider that assumes a role: what it asks for, what it signs with, and what becomes of a role that it does not get. */
class AssumedRoleTest {

    private static final Duration SESSION = Duration.ofHours(1);

    private final Movable clock = new Movable();
    private static S3Server server;
    private FaultProxy proxy;
    private StsStandIn sts;
    private S3Clients clients;
    private DocumentStore assuming;

    @BeforeAll
    static void startServer() {
        server = S3Server.startForSessions("documents");
        try (S3AsyncClient bystander = server.client()) {
            bystander
                    .putObject(put -> put.bucket(server.bucket()).key(KEY.value()), AsyncRequestBody.fromBytes(BYTES))
                    .join();
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    /** A clock that stands still until it is moved. */
    private static final class Movable extends Clock {
        private volatile Instant now = Instant.parse("2026-11-27T12:00:00Z");

        void moveTo(Instant then) {
            now = then;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void startSts() throws IOException {
        proxy = FaultProxy.before(server.endpoint());
        sts = new StsStandIn(server.accessKey(), server.secretKey(), clock);
        clients = new S3Clients(clock);
        assuming = open(role());
    }

    @AfterEach
    void stopSts() {
        assuming.close();
        clients.close();
        sts.close();
        proxy.close();
    }

    private DocumentStore open(S3StoreSettings settings) {
        S3Config config = S3Settings.read(settings.build()).config();
        return new S3DocumentStore(config, clients.lease(config), true, Optional.empty());
    }

    private S3StoreSettings role() {
        return S3StoreSettings.at(
                        proxy.endpoint(),
                        server.region(),
                        server.bucket(),
                        StsStandIn.CALLER,
                        StsStandIn.CALLERS_SECRET)
                .with("retry_max_attempts", "1")
                .with("multipart_threshold_mb", "5")
                .with("request_timeout_seconds", "20")
                .with("connection_timeout_seconds", "20")
                .with("role_arn", StsStandIn.ROLE)
                .with("external_id", StsStandIn.EXTERNAL_ID)
                .with("sts_endpoint", sts.endpoint());
    }

    @Test
    void asksOnceForTheRoleAndSignsWithItsSession() {
        // When
        await(assuming.stat(KEY));
        await(assuming.read(ReadRequest.latest(KEY, MIB)));
        await(assuming.delete(new DocumentKey("nothing"), Precondition.none()));

        // Then
        assertThat(sts.asked())
                .containsExactly(Map.of(
                        "Action", "AssumeRole",
                        "Version", "2011-06-15",
                        "RoleArn", StsStandIn.ROLE,
                        "RoleSessionName", "hermes",
                        "ExternalId", StsStandIn.EXTERNAL_ID,
                        "DurationSeconds", "3600"));
        assertThat(tokens()).hasSize(3).containsOnly(StsStandIn.TOKEN + 1);
        assertThat(proxy.requests())
                .extracting(request -> request.headers().first("Authorization").orElse(""))
                .allSatisfy(signed -> assertThat(signed).contains("Credential=" + server.accessKey() + "/"));
    }

    @Test
    void asksForTheSessionThatIsConfigured() {
        // Given
        try (DocumentStore other =
                open(role().with("role_session_name", "archive@hermes").with("role_session_seconds", "900"))) {
            // When
            await(other.stat(KEY));
        }

        // Then
        assertThat(sts.asked())
                .singleElement()
                .satisfies(form -> assertThat(form)
                        .containsEntry("RoleSessionName", "archive@hermes")
                        .containsEntry("DurationSeconds", "900"));
    }

    /** Nobody's thread waits: all requests are on their way before the first answer. */
    @Test
    void manyWaitForOneRequest() {
        // Given
        sts.holdBack();

        // When
        List<UniAssertSubscriber<?>> waiting = Multi.createFrom()
                .range(0, 50)
                .<UniAssertSubscriber<?>>map(
                        number -> assuming.stat(KEY).subscribe().withSubscriber(UniAssertSubscriber.create()))
                .collect()
                .asList()
                .await()
                .indefinitely();
        sts.goOn();

        // Then
        waiting.forEach(stat -> stat.awaitItem(Duration.ofSeconds(30)));
        assertThat(sts.asked()).hasSize(1);
    }

    @Test
    void renewsWhileThePresentSessionStillHolds() {
        // Given
        await(assuming.stat(KEY));
        sts.holdBack();
        clock.moveTo(clock.instant().plus(SESSION).minus(Duration.ofMinutes(4)));

        // When
        await(assuming.stat(KEY));
        sts.goOn();

        // Then
        assertThat(tokens()).containsOnly(StsStandIn.TOKEN + 1);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            await(assuming.stat(KEY));
            assertThat(tokens()).contains(StsStandIn.TOKEN + 2);
        });
        assertThat(sts.asked()).hasSize(2);
    }

    @Test
    void neverSignsWithASessionAtItsEnd() {
        // Given
        await(assuming.stat(KEY));
        clock.moveTo(clock.instant().plus(SESSION).minus(Duration.ofSeconds(30)));

        // When
        await(assuming.stat(KEY));

        // Then
        assertThat(tokens()).containsExactly(StsStandIn.TOKEN + 1, StsStandIn.TOKEN + 2);
    }

    /** One warning, no failure, and not one more request with every document. */
    @Test
    void goesOnWithThePresentSessionWhileNoneIsToBeHad() {
        // Given
        await(assuming.stat(KEY));
        sts.fail(503, "ServiceUnavailable");
        clock.moveTo(clock.instant().plus(SESSION).minus(Duration.ofMinutes(4)));

        // When
        await(assuming.stat(KEY));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(sts.asked()).hasSize(2));
        for (int time = 0; time < 5; time++) {
            await(assuming.stat(KEY));
        }

        // Then
        assertThat(sts.asked()).hasSize(2);
        assertThat(tokens()).containsOnly(StsStandIn.TOKEN + 1);
        sts.recover();
        clock.moveTo(clock.instant().plus(Duration.ofMinutes(1)));
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            await(assuming.stat(KEY));
            assertThat(tokens()).contains(StsStandIn.TOKEN + 3);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, UNAUTHENTICATED",
        "403, InvalidClientTokenId, UNAUTHENTICATED",
        "400, ValidationError, UNAUTHENTICATED",
        "400, ExpiredTokenException, UNAUTHENTICATED",
        "404, NoSuchEntity, UNAUTHENTICATED",
        "503, ServiceUnavailable, UNAVAILABLE",
        "400, Throttling, RATE_LIMITED",
    })
    void aRoleThatIsNotGivenIsAnOutageOfTheProvider(int status, String code, ErrorKind kind) {
        // Given
        sts.fail(status, code);

        // Then
        assertTold(failureOf(assuming.stat(KEY)), kind);
        assertTold(failureOf(assuming.read(ReadRequest.latest(KEY, MIB))), kind);
        assertTold(failureOf(assuming.write(small(Precondition.none()))), kind);
        assertTold(failureOf(assuming.write(large())), kind);
        assertThat(proxy.requests()).isEmpty();

        // And when it is given again, nobody has to open the store anew
        sts.recover();
        assertThat(await(assuming.stat(KEY)).size()).isEqualTo(BYTES.length);
    }

    private static void assertTold(StorageException failure, ErrorKind kind) {
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        assertThat(failure.kind().outage()).isTrue();
        assertThat(failure)
                .hasMessageContaining("the role could not be assumed")
                .hasNoCause();
        assertThat(failure.getMessage())
                .doesNotContain(StsStandIn.CALLERS_SECRET, StsStandIn.TOKEN, server.secretKey(), Faults.CANARY);
    }

    @Test
    void theOwnersExternalIdMustFit() {
        try (DocumentStore stranger = open(role().with("external_id", "guessed"))) {
            assertTold(failureOf(stranger.stat(KEY)), ErrorKind.UNAUTHENTICATED);
        }
    }

    @Test
    void theCallersOwnKeysMustFit() {
        try (DocumentStore stranger = open(role().secret("secret_key", "guessed"))) {
            assertTold(failureOf(stranger.stat(KEY)), ErrorKind.UNAUTHENTICATED);
        }
    }

    @Test
    void aServiceThatSaysNothingIsATimeout() {
        // Given
        sts.holdBack();
        try (DocumentStore impatient = open(role().with("request_timeout_seconds", "1"))) {
            assertTold(failureOf(impatient.stat(KEY)), ErrorKind.TIMEOUT);
        }
    }

    /** The bodies that the probe signs by hand are signed with the session too. */
    @Test
    void theProbeUsesTheRole() {
        // When
        await(assuming.probe(ProbeDepth.CAPABILITIES));

        // Then
        assertThat(proxy.count(Requests.of("PUT"))).isPositive();
        assertThat(tokens()).hasSameSizeAs(proxy.requests()).containsOnly(StsStandIn.TOKEN + 1);
    }

    @Test
    void aClosedStoreAsksForNothing() {
        // Given
        await(assuming.stat(KEY));
        assuming.close();
        clock.moveTo(clock.instant().plus(SESSION));

        // When
        StorageException failure = failureOf(assuming.stat(KEY));

        // Then
        assertThat(failure).hasMessageContaining("closed");
        assertThat(sts.asked()).hasSize(1);
    }

    /** The session token of each request to the store, in order. */
    private List<String> tokens() {
        return proxy.requests().stream()
                .map(ProxiedRequest::headers)
                .flatMap(headers -> headers.first("X-Amz-Security-Token").stream())
                .toList();
    }
}
