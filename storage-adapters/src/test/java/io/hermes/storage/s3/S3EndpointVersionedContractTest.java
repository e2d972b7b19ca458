package io.hermes.storage.s3;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionPage;
import io.hermes.storage.RevisionRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The contract on the server that {@link S3EndpointContractTest} names, in a bucket that keeps versions. */
class S3EndpointVersionedContractTest extends S3EndpointContractTest {

    @Override
    void create(S3Endpoint found, String name) {
        found.createVersionedBucket(name);
    }

    @Test
    void whatIsKeptForEverCannotBeDeletedPastThePortEither() {
        assumeTrue(store().capabilities().has(Feature.KEEP_FOREVER));
        // Given
        put(store(), "kept", bytes(1));
        Revision kept = page("kept", Optional.empty()).entries().get(0).revision();

        // When
        await(store().keepForever(key("kept"), kept));

        // Then
        assertThatThrownBy(() -> remove("kept", kept)).hasMessageContaining("403");
    }

    /** Ceph goes on behind the document when it no longer knows the version at which a page ended. */
    @Test
    void aHistoryThatLosesItsPlaceDoesNotEnd() {
        // Given
        for (int size = 1; size <= 3; size++) {
            put(store(), "a", bytes(size));
        }
        RevisionPage first = page("a", Optional.empty());
        remove("a", first.entries().get(0).revision());

        // When
        ErrorKind lost = kindOf(store().revisions(new RevisionRequest(key("a"), first.next(), 1)));

        // Then
        assertThat(lost).isEqualTo(ErrorKind.CHANGED);
    }

    private RevisionPage page(String name, Optional<String> token) {
        return await(store().revisions(new RevisionRequest(key(name), token, 1)));
    }

    private void remove(String name, Revision revision) {
        String object = objectOf(name);
        try (S3AsyncClient client = bystander()) {
            client.deleteObject(delete -> delete.bucket(bucket())
                            .key(object)
                            .versionId(revision.version().orElseThrow()))
                    .join();
        }
    }
}
