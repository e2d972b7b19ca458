package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hermes.storage.AllowedServers;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Network;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.StorageException;
import io.hermes.storage.StoreSettings;
import io.hermes.storage.testing.Fault;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.ProxiedReply;
import io.hermes.storage.testing.Requests;
import io.hermes.storage.testing.S3Server;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No connection is made to an address that is not allowed, whatever led to it. */
class S3GuardedChannelTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final AllowedServers INTERNET = new AllowedServers(Set.of(), List.of(), Set.of(), List.of(), true);

    private static S3Server server;

    @BeforeAll
    static void start() {
        server = S3Server.start(S3Server.Backend.TRANSIENT_NIO2, "documents");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static StoreSettings at(String endpoint) {
        return S3StoreSettings.on(server)
                .with("endpoint", endpoint)
                .with("retry_max_attempts", "1")
                .build();
    }

    /** As if the name had led to another address while its settings were checked. */
    @Test
    void aNameThatLeadsToAForbiddenAddressIsNotFollowed() {
        try (FaultProxy proxy = FaultProxy.before(server.endpoint());
                S3Clients clients = new S3Clients(Clock.systemUTC(), INTERNET)) {
            // Given
            S3Config config = S3Settings.read(at(proxy.endpoint().replace("127.0.0.1", "localhost")))
                    .config();

            // When
            try (DocumentStore store = new S3DocumentStore(config, clients.lease(config), true, Optional.empty())) {
                assertThatThrownBy(() ->
                                store.list(ListRequest.everything()).await().atMost(LIMIT))
                        .isInstanceOfSatisfying(
                                StorageException.class,
                                refused -> assertThat(refused.kind()).isEqualTo(ErrorKind.CONFIG_INVALID))
                        .hasMessageContaining("the operator does not allow");
            }

            // Then
            assertThat(proxy.requests()).isEmpty();
        }
    }

    @Test
    void anAllowedNetworkIsReached() {
        AllowedServers local =
                new AllowedServers(Set.of(), List.of(), Set.of(), List.of(Network.parse("127.0.0.0/8")), false);
        try (S3StoreFactory factory = new S3StoreFactory(local);
                DocumentStore store = factory.open(at(server.endpoint()))) {
            assertThat(store.list(ListRequest.everything())
                            .await()
                            .atMost(LIMIT)
                            .entries())
                    .isEmpty();
        }
    }

    @Test
    void aForbiddenServerIsAProblemOfTheSettings() {
        try (S3StoreFactory factory = new S3StoreFactory(INTERNET)) {
            assertThat(factory.validate(at("http://169.254.169.254")))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.key()).isEqualTo("endpoint"));
            assertThat(factory.validate(S3StoreSettings.on(server)
                            .with("endpoint", "https://s3.example.com")
                            .with("role_arn", "arn:aws:iam::123456789012:role/hermes")
                            .with("sts_endpoint", "http://10.0.0.1")
                            .build()))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.key()).isEqualTo("sts_endpoint"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        try (FaultProxy elsewhere = FaultProxy.before(server.endpoint());
                FaultProxy redirecting = FaultProxy.alone();
                S3StoreFactory factory = new S3StoreFactory();
                DocumentStore store = factory.open(at(redirecting.endpoint()))) {
            // Given
            Fault away =
                    Faults.answer(() -> ProxiedReply.of(status).with("Location", elsewhere.endpoint() + "/documents"));
            redirecting.on(Requests.all(), away);

            // When
            ProbeReport report = store.probe(ProbeDepth.CAPABILITIES).await().atMost(LIMIT);

            // Then
            assertThat(report.healthy()).isFalse();
            assertThat(redirecting.requests()).isNotEmpty();
            assertThat(elsewhere.requests()).isEmpty();
        }
    }
}
