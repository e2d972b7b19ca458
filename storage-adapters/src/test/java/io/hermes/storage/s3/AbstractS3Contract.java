package io.hermes.storage.s3;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport.Measured;
import io.hermes.storage.contract.AbstractDocumentStoreContract;
import io.hermes.storage.testing.S3Server;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
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
        return factory.open(settings().with("prefix", prefix).measured(measured).build());
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
    }
}
