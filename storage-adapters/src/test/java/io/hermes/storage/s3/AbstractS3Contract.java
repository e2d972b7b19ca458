package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport.Measured;
import io.hermes.storage.contract.AbstractDocumentStoreContract;
import io.hermes.storage.contract.Steps;
import io.hermes.storage.testing.S3Server;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The contract of the port on one S3 server. Its probe says what the server does; each test gets a prefix of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AbstractS3Contract extends AbstractDocumentStoreContract {

    private S3StoreFactory factory;
    private S3AsyncClient bystander;
    private Measured measured;
    private String prefix;

    /** Settings of a store in an existing bucket, without a prefix. */
    abstract S3StoreSettings settings();

    /** A client that goes past the code under test. */
    abstract S3AsyncClient bystander();

    abstract String bucket();

    @BeforeAll
    void probe() {
        factory = new S3StoreFactory();
        bystander = bystander();
        try (DocumentStore store = factory.open(settings().build())) {
            measured = store.probe(ProbeDepth.CAPABILITIES)
                    .await()
                    .atMost(Duration.ofMinutes(1))
                    .measured();
        }
    }

    /** What the probe saw. */
    final Measured measured() {
        return measured;
    }

    @AfterAll
    void close() {
        bystander.close();
        factory.close();
    }

    @Override
    protected DocumentStore open() {
        prefix = "contract/" + UUID.randomUUID();
        return openPrefix();
    }

    /** With the smallest parts that S3 takes, so that tests reach beyond them. */
    private DocumentStore openPrefix() {
        return factory.open(settings()
                .with("prefix", prefix)
                .with("part_size_mb", "5")
                .with("multipart_threshold_mb", "5")
                .measured(measured)
                .build());
    }

    @Override
    public int partBytes() {
        return 5 * 1024 * 1024;
    }

    @Override
    public Optional<DocumentStore> reopened() {
        return Optional.of(openPrefix());
    }

    @Override
    public Set<String> secrets() {
        return settings().secrets();
    }

    /** The object of a document of this test's. */
    final String objectOf(String name) {
        return prefix + "/" + name;
    }

    @Override
    public void plant(String name, byte[] bytes) {
        bystander
                .putObject(put -> put.bucket(bucket()).key(prefix + "/" + name), AsyncRequestBody.fromBytes(bytes))
                .join();
    }

    @Override
    public Optional<DocumentStore> storeWithoutContainer() {
        return Optional.of(factory.open(settings()
                .with("bucket", "hermes-no-such-bucket")
                .measured(measured)
                .build()));
    }

    /** On S3Proxy. */
    abstract static class OnS3Proxy extends AbstractS3Contract {

        private final S3Server.Backend backend;
        private S3Server server;

        OnS3Proxy(S3Server.Backend backend) {
            this.backend = backend;
        }

        @Override
        @BeforeAll
        void probe() {
            server = S3Server.start(backend, "documents");
            super.probe();
        }

        @Override
        @AfterAll
        void close() {
            super.close();
            server.close();
        }

        @Override
        S3StoreSettings settings() {
            return S3StoreSettings.on(server);
        }

        @Override
        S3AsyncClient bystander() {
            return server.client();
        }

        @Override
        String bucket() {
            return server.bucket();
        }

        /** The server replaces an object and what it keeps about it one after the other. */
        @Override
        public Set<ErrorKind> metWhileReplaced() {
            return Set.of(ErrorKind.CHANGED, ErrorKind.CONTENT_MISMATCH);
        }

        /** Both backends keep objects as files of folders, so that S3's flat names clash: the server answers 500. */
        @Override
        @ParameterizedTest
        @EnumSource(Feature.class)
        public void isRefusedOrDoneWithout(Feature feature) {
            if (feature == Feature.HIERARCHICAL) {
                Steps.put(store(), "a", Steps.bytes(1));
                assertThat(Steps.kindOf(
                                store().write(Steps.request("a/b", Steps.whole(Steps.bytes(2)), Precondition.none()))))
                        .isEqualTo(ErrorKind.UNAVAILABLE);
            } else {
                super.isRefusedOrDoneWithout(feature);
            }
        }

        /** A token is written as raw XML text, which holds no control characters: the server breaks off its answer. */
        @Override
        @Test
        public void aPageMayEndAtAnyName() {
            Steps.put(store(), "a\u0001", Steps.bytes(1));
            Steps.put(store(), "b", Steps.bytes(1));
            assertThat(Steps.kindOf(store().list(new ListRequest("", Optional.empty(), 1))))
                    .isEqualTo(ErrorKind.INTERNAL);
        }
    }
}
