package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.failureOf;
import static io.hermes.storage.contract.Steps.hashOf;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.streamed;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.smallrye.mutiny.Uni;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An error is one sentence for an operator: what was asked, of which document, and nothing that must not be seen. */
interface ErrorContract extends StoreUnderTest {

    /** Stands in the content and the metadata of what fails; a log is no place for either. */
    String CONTENT = "canary-of-a-document";

    @Test
    default void everyErrorIsOursAndNamesWhatWasAsked() {
        // Given
        Revision present = put(seeder(), "a", bytes(10)).revision();
        Revision stale = Revision.of(present.etag() + "x");

        // Then
        isFor("stat", "missing", store().stat(key("missing")));
        isFor("read", "missing", store().read(ReadRequest.latest(key("missing"), 10)));
        isFor("read", "a", store().read(new ReadRequest(key("a"), Optional.of(stale), 10)));
        isFor("delete", "a", store().delete(key("a"), Precondition.ifMatches(stale)));
        isFor("delete", "a", store().delete(key("a"), Precondition.ifAbsent()));
        isFor("write", "a", store().write(canary(Precondition.ifMatches(stale))));
        isFor("write", "a", store().write(request("a", streamed(11, bytes(10)), Precondition.none())));
        isFor("write", ".hermes-x", store().write(request(".hermes-x", whole(bytes(1)), Precondition.none())));
    }

    @Test
    default void noErrorShowsASecretOrADocument() {
        List<StorageException> failures = failures();
        failures.forEach(this::showsNothing);
        storeWithoutContainer().ifPresent(missing -> {
            try (DocumentStore gone = missing) {
                showsNothing(failureOf(gone.list(ListRequest.everything())));
                showsNothing(failureOf(gone.read(ReadRequest.latest(key("a"), 10))));
                assertThat(Steps.await(gone.probe(ProbeDepth.CAPABILITIES)).toString())
                        .doesNotContain(secrets());
            }
        });
        assertThat(store().toString() + store().capabilities()).doesNotContain(secrets());
    }

    private List<StorageException> failures() {
        Revision present =
                put(seeder(), "a", CONTENT.getBytes(StandardCharsets.UTF_8)).revision();
        Revision stale = Revision.of(present.etag() + "x");
        return List.of(
                failureOf(store().stat(key("missing"))),
                failureOf(store().read(new ReadRequest(key("a"), Optional.of(stale), 10))),
                failureOf(store().write(canary(Precondition.ifMatches(stale)))),
                failureOf(store().delete(key("a"), Precondition.ifMatches(stale))),
                failureOf(store().restore(key("missing"), Revision.of("none", "none"), Precondition.none())),
                failureOf(store().keepForever(key("missing"), Revision.of("none", "none"))));
    }

    private static WriteRequest canary(Precondition precondition) {
        byte[] content = CONTENT.getBytes(StandardCharsets.UTF_8);
        DocumentMetadata metadata = new DocumentMetadata.Builder().name(CONTENT).build();
        return new WriteRequest(
                key("a"), whole(content), Optional.of(hashOf(content)), metadata, Optional.empty(), precondition);
    }

    private static void isFor(String operation, String key, Uni<?> call) {
        StorageException failure = failureOf(call);
        assertThat(failure.operation()).as("%s", failure).isEqualTo(operation);
        assertThat(failure.key()).as("%s", failure).isEqualTo(key);
        assertThat(failure).hasMessageContaining("'" + key + "'");
    }

    /** Not even the causes, which end up in logs. */
    private void showsNothing(StorageException failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(secrets()).doesNotContain(CONTENT);
    }
}
