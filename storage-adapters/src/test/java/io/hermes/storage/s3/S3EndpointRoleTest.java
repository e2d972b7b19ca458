package io.hermes.storage.s3;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.failureOf;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Precondition;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * On the server that {@code HERMES_TEST_S3_ENDPOINT} names, with the role that {@code HERMES_TEST_S3_ROLE_ARN} names: its keys may assume
 * it, and it may do everything with buckets. See {@link S3EndpointContractTest}.
 */
class S3EndpointRoleTest {

    private final S3StoreFactory factory = new S3StoreFactory();
    private final String bucket = "hermes-test-" + UUID.randomUUID();
    private S3Endpoint endpoint;
    private String role;

    @BeforeEach
    void find() {
        role = Optional.ofNullable(System.getenv("HERMES_TEST_S3_ROLE_ARN"))
                .orElseGet(() -> abort("HERMES_TEST_S3_ROLE_ARN names no role to assume"));
        endpoint = S3Endpoint.named(System.getenv())
                .orElseGet(() -> abort("HERMES_TEST_S3_ENDPOINT names no S3 server to assume a role at"));
        endpoint.createBucket(bucket);
    }

    @AfterEach
    void remove() {
        factory.close();
        if (endpoint != null) {
            endpoint.removeBucket(bucket);
        }
    }

    @Test
    void whoeverMayAssumeARoleWorksWithItsCredentials() {
        try (DocumentStore store =
                factory.open(endpoint.settings(bucket).with("role_arn", role).build())) {
            // When
            put(store, "a/b.md", bytes(1000));

            // Then
            assertThat(read(store, "a/b.md")).isEqualTo(bytes(1000));
            assertThat(keys(store)).containsExactly("a/b.md");
            await(store.delete(key("a/b.md"), Precondition.none()));
        }
    }

    @Test
    void aRoleThatIsNotTheirsIsDenied() {
        try (DocumentStore store = factory.open(
                endpoint.settings(bucket).with("role_arn", role + "-of-others").build())) {
            assertThat(failureOf(store.stat(key("a"))).kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
        }
    }
}
