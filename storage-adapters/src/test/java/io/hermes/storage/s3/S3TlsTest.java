package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.testing.Certificates;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.S3Server;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the client trusts: the authority it was told, under the name it asked for, in its time, and nobody else. */
class S3TlsTest {

    @TempDir
    static Path folder;

    private static S3Server server;
    private static S3StoreFactory factory;
    private static Certificates certificates;
    private static Certificates.Server good;

    @BeforeAll
    static void start() {
        server = S3Server.start(S3Server.Backend.TRANSIENT_NIO2, "documents");
        factory = new S3StoreFactory();
        certificates = new Certificates(folder);
        good = certificates.selfSigned("IP:127.0.0.1");
    }

    @AfterAll
    static void stop() {
        factory.close();
        server.close();
    }

    @Test
    void trustsTheAuthorityItWasTold() {
        assertThat(listed(good, trusting(good.pem()))).isTrue();
    }

    @Test
    void refusesASelfSignedCertificate() {
        assertRefused(good, settings -> settings);
    }

    @Test
    void refusesAnotherAuthority() {
        Path other = certificates.selfSigned("IP:127.0.0.1").pem();
        assertRefused(good, trusting(other));
    }

    @Test
    void refusesAnExpiredCertificate() {
        Certificates.Server expired = certificates.expired("IP:127.0.0.1");
        assertRefused(expired, trusting(expired.pem()));
    }

    @Test
    void refusesACertificateForAnotherHost() {
        Certificates.Server other = certificates.selfSigned("DNS:elsewhere.example");
        assertRefused(other, trusting(other.pem()));
    }

    @Test
    void takesAnythingWhereItIsToldNotToLook() {
        Certificates.Server bad = certificates.expired("DNS:elsewhere.example");
        assertThat(listed(bad, settings -> settings.with("insecure_skip_verify", "true")))
                .isTrue();
    }

    /** The other store's trust is not ours, though both share event loops and endpoint. */
    @Test
    void doesNotShareTrust() {
        try (FaultProxy proxy = FaultProxy.before(server.endpoint(), good.context());
                DocumentStore careless = open(proxy, settings -> settings.with("insecure_skip_verify", "true"));
                DocumentStore careful = open(proxy, settings -> settings)) {
            await(careless.list(ListRequest.everything()));
            assertThat(failureOf(careful).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        }
    }

    @Test
    void speaksTlsWhereItIsRequired() {
        try (FaultProxy plain = FaultProxy.before(server.endpoint());
                DocumentStore store = open(
                        plain.endpoint().replace("http:", "https:"),
                        settings -> settings.with("connection_timeout_seconds", "1"))) {
            assertThat(failureOf(store).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(plain.requests()).isEmpty();
        }
        assertThat(factory.validate(
                        S3StoreSettings.on(server).with("use_ssl", "true").build()))
                .extracting(problem -> problem.key())
                .contains("use_ssl");
    }

    @Test
    void anAuthorityThatCannotBeReadIsAnError() throws IOException {
        Path empty = Files.createTempFile(folder, "empty", ".pem");
        Path nonsense = Files.writeString(Files.createTempFile(folder, "nonsense", ".pem"), "not a certificate");
        for (Path pem : new Path[] {empty, nonsense, folder.resolve("absent.pem")}) {
            StorageException failure = Assertions.catchThrowableOfType(
                    StorageException.class,
                    () -> open("https://127.0.0.1:1", trusting(pem)).close());
            assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIG_INVALID);
            assertThat(failure).hasMessageContaining("ca_cert_path").hasMessageNotContaining("not a certificate");
        }
    }

    private static UnaryOperator<S3StoreSettings> trusting(Path pem) {
        return settings -> settings.with("ca_cert_path", pem.toString());
    }

    private static boolean listed(Certificates.Server certificate, UnaryOperator<S3StoreSettings> change) {
        try (FaultProxy proxy = FaultProxy.before(server.endpoint(), certificate.context());
                DocumentStore store = open(proxy, change)) {
            return await(store.list(ListRequest.everything())).next().isEmpty();
        }
    }

    private static void assertRefused(Certificates.Server certificate, UnaryOperator<S3StoreSettings> change) {
        try (FaultProxy proxy = FaultProxy.before(server.endpoint(), certificate.context());
                DocumentStore store = open(proxy, change)) {
            StorageException failure = failureOf(store);
            assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("TLS").hasNoCause();
            assertThat(proxy.requests()).isEmpty();
        }
    }

    private static DocumentStore open(FaultProxy proxy, UnaryOperator<S3StoreSettings> change) {
        return open(proxy.endpoint(), change);
    }

    private static DocumentStore open(String endpoint, UnaryOperator<S3StoreSettings> change) {
        S3StoreSettings settings = S3StoreSettings.at(
                        endpoint, server.region(), server.bucket(), server.accessKey(), server.secretKey())
                .with("retry_max_attempts", "1")
                .with("connection_timeout_seconds", "5");
        return factory.open(change.apply(settings).build());
    }

    private static StorageException failureOf(DocumentStore store) {
        return Assertions.catchThrowableOfType(
                StorageException.class, () -> await(store.list(ListRequest.everything())));
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
