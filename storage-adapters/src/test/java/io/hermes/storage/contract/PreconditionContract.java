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

/** Nothing is replaced but what was meant. */
interface PreconditionContract extends StoreUnderTest {

    /** A race of large documents is run so many times less often. */
    int LARGE = 10;

    @Test
    default void ifAbsentNeverReplaces() {
        needs(Feature.CONDITIONAL_PUT);
        // Given
        put(store(), "a", bytes(10));

        // When
        ErrorKind whole = kindOf(store().write(request("a", whole(bytes(11)), Precondition.ifAbsent())));
        ErrorKind stream = kindOf(store().write(request("a", streamed(bytes(12)), Precondition.ifAbsent())));
        ErrorKind same = kindOf(store().write(request("a", whole(bytes(10)), Precondition.ifAbsent())));

        // Then
        assertThat(List.of(whole, stream, same)).containsOnly(ErrorKind.PRECONDITION_FAILED);
        assertThat(read(store(), "a")).isEqualTo(bytes(10));
    }

    @Test
    default void ifAbsentNeverReplacesByALargeDocument() {
        needs(Feature.CONDITIONAL_PUT);
        needs(Feature.CONDITIONAL_STREAM);
        // Given
        put(store(), "a", bytes(10));

        // When
        ErrorKind kind = kindOf(store().write(request("a", streamed(bytes(largeBytes())), Precondition.ifAbsent())));

        // Then
        assertThat(kind).isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(read(store(), "a")).isEqualTo(bytes(10));
    }

    @Test
    default void ifAbsentTakesAKeyThatIsFreeAgain() {
        needs(Feature.CONDITIONAL_PUT);
        // Given
        put(store(), "a", bytes(10));
        await(store().delete(key("a"), Precondition.none()));

        // When
        await(store().write(request("a", whole(bytes(11)), Precondition.ifAbsent())));

        // Then
        assertThat(read(store(), "a")).isEqualTo(bytes(11));
    }

    @Test
    default void oneOfTwoWritersWins() {
        needs(Feature.CONDITIONAL_PUT);
        race(rounds(), 1000, 100_001);
    }

    @Test
    default void oneOfTwoWritersOfLargeDocumentsWins() {
        needs(Feature.CONDITIONAL_PUT);
        needs(Feature.CONDITIONAL_STREAM);
        race(Math.max(2, rounds() / LARGE), largeBytes(), largeBytes() + 1);
    }

    private void race(int rounds, int one, int another) {
        for (int round = 0; round < rounds; round++) {
            // Given two bodies that both end only after both have begun, so that neither can be refused beforehand
            String key = "race/" + round;
            CompletableFuture<Void> first = new CompletableFuture<>();
            CompletableFuture<Void> second = new CompletableFuture<>();
            Uni<Void> bothBegan = Uni.createFrom().completionStage(() -> CompletableFuture.allOf(first, second));
            Uni<List<Object>> both = Uni.join()
                    .all(
                            outcome(key, held(bytes(one), first, bothBegan)),
                            outcome(key, held(bytes(another), second, bothBegan)))
                    .andFailFast();

            // When
            List<Object> outcomes = await(both);

            // Then
            assertThat(outcomes).filteredOn(Written.class::isInstance).hasSize(1);
            assertThat(outcomes).contains(ErrorKind.PRECONDITION_FAILED);
            assertThat(read(store(), key)).isEqualTo(bytes(outcomes.get(0) instanceof Written ? one : another));
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
        needs(Feature.CONDITIONAL_REPLACE);
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
    default void ifMatchesHoldsForLargeDocuments() {
        needs(Feature.CONDITIONAL_REPLACE);
        needs(Feature.CONDITIONAL_STREAM);
        // Given
        Revision old = put(store(), "a", bytes(10)).revision();
        Revision present = put(store(), "a", bytes(11)).revision();
        int size = largeBytes();

        // When
        ErrorKind refused = kindOf(store().write(request("a", streamed(bytes(size)), Precondition.ifMatches(old))));
        byte[] left = read(store(), "a");
        await(store().write(request("a", streamed(bytes(size)), Precondition.ifMatches(present))));

        // Then
        assertThat(refused).isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(left).isEqualTo(bytes(11));
        assertThat(read(store(), "a")).isEqualTo(bytes(size));
    }

    @Test
    default void ifMatchesTakesTheRevisionThatStatAndListingTell() {
        needs(Feature.CONDITIONAL_REPLACE);
        // Given
        put(store(), "a", bytes(10));
        Revision told = await(store().stat(key("a"))).revision();

        // When
        await(store().write(request("a", whole(bytes(11)), Precondition.ifMatches(told))));
        Revision listed = Steps.pages(store(), "", 10).get(0).entries().get(0).revision();
        await(store().write(request("a", whole(bytes(12)), Precondition.ifMatches(listed))));

        // Then
        assertThat(read(store(), "a")).isEqualTo(bytes(12));
    }

    @Test
    default void ifMatchesNeedsADocument() {
        needs(Feature.CONDITIONAL_REPLACE);
        // Given
        Revision gone = put(store(), "a", bytes(10)).revision();
        await(store().delete(key("a"), Precondition.none()));

        // When
        ErrorKind refused = kindOf(store().write(request("a", whole(bytes(12)), Precondition.ifMatches(gone))));

        // Then
        assertThat(refused).isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(kindOf(store().stat(key("a")))).isEqualTo(ErrorKind.NOT_FOUND);
    }

    /** The same bytes again are another state wherever the store tells them apart; where not, nothing but their time is lost. */
    @Test
    default void ifMatchesTellsTheSameBytesWrittenAgainWhereTheRevisionDoes() {
        needs(Feature.CONDITIONAL_REPLACE);
        // Given
        Revision first = put(store(), "a", bytes(10)).revision();
        put(store(), "a", bytes(11));
        Revision again = put(store(), "a", bytes(10)).revision();

        // When
        Object stale = await(replaceOutcome(first));
        boolean toldApart = !first.etag().equals(again.etag());

        // Then
        if (toldApart) {
            assertThat(stale).isEqualTo(ErrorKind.PRECONDITION_FAILED);
            assertThat(await(replaceOutcome(again))).isInstanceOf(Written.class);
        }
        assertThat(read(store(), "a")).isEqualTo(bytes(12));
    }

    private Uni<Object> replaceOutcome(Revision revision) {
        return store().write(request("a", whole(bytes(12)), Precondition.ifMatches(revision)))
                .map(Object.class::cast)
                .onFailure(StorageException.class)
                .recoverWithItem(failure -> ((StorageException) failure).kind());
    }
}
