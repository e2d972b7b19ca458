package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.streamed;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Nothing is replaced or deleted but what was meant. */
interface PreconditionContract extends StoreUnderTest {

    @Test
    default void ifAbsentNeverReplaces() {
        assumeTrue(store().capabilities().has(Feature.CONDITIONAL_PUT));
        // Given
        put(store(), "a", bytes(10));

        // When
        ErrorKind whole = kindOf(store().write(request("a", whole(bytes(11)), Precondition.ifAbsent())));
        ErrorKind stream = kindOf(store().write(request("a", streamed(bytes(12)), Precondition.ifAbsent())));

        // Then
        assertThat(List.of(whole, stream)).containsOnly(ErrorKind.PRECONDITION_FAILED);
        assertThat(read(store(), "a")).isEqualTo(bytes(10));
    }

    @Test
    default void oneOfTwoWritersWins() {
        assumeTrue(store().capabilities().has(Feature.CONDITIONAL_PUT));
        for (int round = 0; round < rounds(); round++) {
            // Given two bodies that both end only after both have begun, so that neither can be refused beforehand
            String key = "race/" + round;
            CompletableFuture<Void> first = new CompletableFuture<>();
            CompletableFuture<Void> second = new CompletableFuture<>();
            Uni<Void> bothBegan = Uni.createFrom().completionStage(() -> CompletableFuture.allOf(first, second));
            Uni<List<Object>> both = Uni.join()
                    .all(
                            outcome(key, held(bytes(1000), first, bothBegan)),
                            outcome(key, held(bytes(100_001), second, bothBegan)))
                    .andFailFast();

            // When
            List<Object> outcomes = await(both);

            // Then
            assertThat(outcomes).filteredOn(Written.class::isInstance).hasSize(1);
            assertThat(outcomes).contains(ErrorKind.PRECONDITION_FAILED);
            int winner = outcomes.get(0) instanceof Written ? 1000 : 100_001;
            assertThat(read(store(), key)).isEqualTo(bytes(winner));
        }
    }

    private static DocumentContent held(byte[] bytes, CompletableFuture<Void> began, Uni<Void> bothBegan) {
        Multi<ByteBuffer> body = Multi.createFrom()
                .item(ByteBuffer.wrap(bytes))
                .onSubscription()
                .invoke(() -> began.complete(null))
                .onItem()
                .call(() -> bothBegan);
        return new DocumentContent.Streamed(bytes.length, body);
    }

    private Uni<Object> outcome(String key, DocumentContent content) {
        return store().write(request(key, content, Precondition.ifAbsent()))
                .map(Object.class::cast)
                .onFailure(StorageException.class)
                .recoverWithItem(failure -> ((StorageException) failure).kind())
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    @Test
    default void ifMatchesReplacesThatRevisionOnly() {
        assumeTrue(store().capabilities().has(Feature.CONDITIONAL_REPLACE));
        // Given
        Revision old = put(store(), "a", bytes(10)).revision();
        Revision present = put(store(), "a", bytes(11)).revision();

        // When
        ErrorKind refused = kindOf(store().write(request("a", whole(bytes(12)), Precondition.ifMatches(old))));
        Written replaced = await(store().write(request("a", streamed(bytes(13)), Precondition.ifMatches(present))));

        // Then
        assertThat(refused).isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(replaced.revision().etag()).isNotEqualTo(present.etag());
        assertThat(read(store(), "a")).isEqualTo(bytes(13));
    }

    @Test
    default void ifMatchesNeedsADocument() {
        assumeTrue(store().capabilities().has(Feature.CONDITIONAL_REPLACE));
        // Given
        Revision gone = put(store(), "a", bytes(10)).revision();
        await(store().delete(key("a"), Precondition.none()));

        // When
        ErrorKind refused = kindOf(store().write(request("a", whole(bytes(12)), Precondition.ifMatches(gone))));

        // Then
        assertThat(refused).isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(kindOf(store().stat(key("a")))).isEqualTo(ErrorKind.NOT_FOUND);
    }

    @Test
    default void deletesAsOftenAsAsked() {
        assumeTrue(store().capabilities().has(Feature.WRITE));
        // Given
        put(store(), "a/b", bytes(10));
        put(store(), "a/c", bytes(10));

        // When
        await(store().delete(key("a/b"), Precondition.none()));
        await(store().delete(key("a/b"), Precondition.none()));
        await(store().delete(key("never/was"), Precondition.none()));

        // Then
        assertThat(Steps.keys(store())).containsExactly("a/c");
    }

    @Test
    default void deletesThatRevisionOnly() {
        assumeTrue(store().capabilities().has(Feature.CONDITIONAL_DELETE));
        // Given
        Revision old = put(store(), "a", bytes(10)).revision();
        Revision present = put(store(), "a", bytes(11)).revision();

        // When
        ErrorKind refused = kindOf(store().delete(key("a"), Precondition.ifMatches(old)));
        byte[] left = read(store(), "a");
        await(store().delete(key("a"), Precondition.ifMatches(present)));

        // Then
        assertThat(refused).isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(left).isEqualTo(bytes(11));
        assertThat(kindOf(store().stat(key("a")))).isEqualTo(ErrorKind.NOT_FOUND);
    }

    @Test
    default void deletingARevisionThatIsGoneSucceeds() {
        assumeTrue(store().capabilities().has(Feature.CONDITIONAL_DELETE));
        // Given
        Revision present = put(store(), "a", bytes(11)).revision();

        // When
        await(store().delete(key("a"), Precondition.ifMatches(present)));
        await(store().delete(key("a"), Precondition.ifMatches(present)));

        // Then
        assertThat(Steps.keys(store())).isEmpty();
    }

    @Test
    default void deleteIfAbsentMakesNoSense() {
        assumeTrue(store().capabilities().has(Feature.WRITE));
        // Given
        put(store(), "a", bytes(1));

        // When
        ErrorKind kind = kindOf(store().delete(key("a"), Precondition.ifAbsent()));

        // Then
        assertThat(kind).isEqualTo(ErrorKind.UNSUPPORTED);
        assertThat(Steps.keys(store())).containsExactly("a");
    }

    @Test
    default void ifAbsentIsRefusedWhereItDoesNotHold() {
        assumeFalse(store().capabilities().has(Feature.CONDITIONAL_PUT));
        assertThat(kindOf(store().write(request("a", whole(bytes(1)), Precondition.ifAbsent()))))
                .isEqualTo(ErrorKind.UNSUPPORTED);
        assertThat(Steps.keys(store())).isEmpty();
    }

    @Test
    default void ifMatchesOnWriteIsRefusedWhereItDoesNotHold() {
        assumeFalse(store().capabilities().has(Feature.CONDITIONAL_REPLACE));
        Revision present = put(seeder(), "a", bytes(1)).revision();
        assertThat(kindOf(store().write(request("a", whole(bytes(2)), Precondition.ifMatches(present)))))
                .isEqualTo(ErrorKind.UNSUPPORTED);
        assertThat(read(store(), "a")).isEqualTo(bytes(1));
    }

    @Test
    default void ifMatchesOnDeleteIsRefusedWhereItDoesNotHold() {
        assumeFalse(store().capabilities().has(Feature.CONDITIONAL_DELETE));
        Revision present = put(seeder(), "a", bytes(1)).revision();
        assertThat(kindOf(store().delete(key("a"), Precondition.ifMatches(present))))
                .isEqualTo(ErrorKind.UNSUPPORTED);
        assertThat(read(store(), "a")).isEqualTo(bytes(1));
    }

    @Test
    default void writesAreRefusedWhereTheyAreNotDeclared() {
        assumeFalse(store().capabilities().has(Feature.WRITE));
        // Given
        put(seeder(), "a", bytes(1));

        // When
        ErrorKind write = kindOf(store().write(request("b", whole(bytes(2)), Precondition.none())));
        ErrorKind delete = kindOf(store().delete(key("a"), Precondition.none()));

        // Then
        assertThat(List.of(write, delete)).containsOnly(ErrorKind.UNSUPPORTED);
        assertThat(Steps.keys(store())).containsExactly("a");
    }
}
