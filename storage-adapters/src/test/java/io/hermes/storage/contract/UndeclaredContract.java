package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.streamed;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionRequest;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store does not declare it refuses, rather than half do it. */
interface UndeclaredContract extends StoreUnderTest {

    @ParameterizedTest
    @EnumSource(Feature.class)
    default void isRefusedOrDoneWithout(Feature feature) {
        needsNot(feature);
        Revision present = put(seeder(), "a", bytes(1)).revision();
        switch (feature) {
            case WRITE -> changesNothing(present);
            case CONDITIONAL_PUT -> unsupported(store().write(request("b", whole(bytes(2)), Precondition.ifAbsent())));
            case CONDITIONAL_STREAM ->
                unsupported(store().write(request("b", streamed(bytes(largeBytes())), Precondition.ifAbsent())));
            case CONDITIONAL_REPLACE ->
                unsupported(store().write(request("a", whole(bytes(2)), Precondition.ifMatches(present))));
            case CONDITIONAL_DELETE -> unsupported(store().delete(key("a"), Precondition.ifMatches(present)));
            case REFUSES_WRONG_BYTES -> provesNothing();
            case REVISIONS -> keepsNoHistory(present);
            case KEEP_FOREVER -> unsupported(store().keepForever(key("a"), present));
            case USER_METADATA -> losesMetadataInTheOpen();
            // Without these nothing is refused: labels and checksums are kept elsewhere, and names without folders are
            // flat.
            case TAGS, CHECKSUMS -> {}
            case HIERARCHICAL -> aFolderMayBeADocument();
        }
        assertThat(read(store(), "a")).isEqualTo(bytes(1));
        assertThat(keys(store())).contains("a").doesNotContain("b");
    }

    private void unsupported(Uni<?> call) {
        assertThat(kindOf(call)).isEqualTo(ErrorKind.UNSUPPORTED);
    }

    private void changesNothing(Revision present) {
        unsupported(store().write(request("b", whole(bytes(2)), Precondition.none())));
        unsupported(store().write(request("b", streamed(bytes(2)), Precondition.ifAbsent())));
        unsupported(store().write(request("a", whole(bytes(2)), Precondition.ifMatches(present))));
        unsupported(store().delete(key("a"), Precondition.none()));
        unsupported(store().delete(key("a"), Precondition.ifMatches(present)));
        unsupported(store().restore(key("a"), present, Precondition.none()));
        unsupported(store().keepForever(key("a"), present));
    }

    private void keepsNoHistory(Revision present) {
        unsupported(store().revisions(new RevisionRequest(key("a"), Optional.empty(), 10)));
        unsupported(store().restore(key("a"), present, Precondition.none()));
        unsupported(store().restore(key("a"), present, Precondition.ifMatches(present)));
    }

    private void provesNothing() {
        if (has(Feature.WRITE)) {
            Written written = await(store().write(request("a", whole(bytes(1)), Precondition.none())));
            assertThat(written.proven()).isFalse();
        }
    }

    private void losesMetadataInTheOpen() {
        if (has(Feature.WRITE)) {
            DocumentMetadata named = new DocumentMetadata.Builder().name("n").build();
            WriteRequest request = new WriteRequest(
                    key("a"), whole(bytes(1)), Optional.empty(), named, Optional.empty(), Precondition.none());
            assertThat(await(store().write(request)).metadataLoss()).contains("name");
        }
    }

    private void aFolderMayBeADocument() {
        put(seeder(), "a/b", bytes(2));
        put(seeder(), "a/b/c", bytes(3));
        assertThat(keys(store())).containsExactlyInAnyOrder("a", "a/b", "a/b/c");
        assertThat(keys(store(), "a", 10)).containsExactlyInAnyOrder("a/b", "a/b/c");
        assertThat(read(store(), "a/b")).isEqualTo(bytes(2));
    }
}
