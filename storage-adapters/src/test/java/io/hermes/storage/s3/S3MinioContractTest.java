package io.hermes.storage.s3;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** The contract on MinIO, where a container engine is at hand. */
class S3MinioContractTest extends AbstractEndpointContract {

    private static final DockerImageName IMAGE = DockerImageName.parse("minio/minio:RELEASE.2024-11-07T00-52-20Z");
    private static final int PORT = 9000;
    private static final String USER = "hermes-test";
    private static final String PASSWORD = "hermes-test-secret";

    private GenericContainer<?> minio;

    @Override
    S3Endpoint find() {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "MinIO needs a container engine, and there is none");
        minio = new GenericContainer<>(IMAGE)
                .withEnv("MINIO_ROOT_USER", USER)
                .withEnv("MINIO_ROOT_PASSWORD", PASSWORD)
                .withCommand("server", "/data")
                .withExposedPorts(PORT)
                .waitingFor(Wait.forHttp("/minio/health/ready").forPort(PORT));
        minio.start();
        String url = "http://" + minio.getHost() + ":" + minio.getMappedPort(PORT);
        return new S3Endpoint(url, "us-east-1", USER, PASSWORD, "when_required");
    }

    @Override
    @AfterAll
    void close() {
        try (GenericContainer<?> ending = minio) {
            super.close();
        }
    }
}
