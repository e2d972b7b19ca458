package io.hermes.storage;

import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.storage.contract.AbstractDocumentStoreContract;
import io.hermes.storage.memory.MemoryStoreFactory;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimeLimitedStoreContractTest extends AbstractDocumentStoreContract {

    private static final TimeLimits SHORT = new TimeLimits(Duration.ofMillis(50), 1);

    @Override
    protected DocumentStore open() {
        StoreSettings settings =
                new StoreSettings(UUID.randomUUID(), "p", "memory", true, Map.of(), Map.of(), Optional.empty());
        return new TimeLimitedStore(
                new MemoryStoreFactory().open(settings), TimeLimits.LAST_RESORT, Pace.unlimited("p"));
    }

    /** The memory store takes none of our own names, so that there is nothing to plant. */
    @Override
    public void plant(String name, byte[] bytes) {}

    @Test
    void endsEveryCallThatGetsNoAnswerAndCancelsIt() {
        AtomicInteger cancelled = new AtomicInteger();
        DocumentStore limited = new TimeLimitedStore(new Silent(store(), cancelled), SHORT, Pace.unlimited("p"));
        List<Uni<?>> calls = List.of(
                limited.list(ListRequest.everything()),
                limited.stat(key("a")),
                limited.read(ReadRequest.latest(key("a"), 1)),
                limited.write(request("a", whole(bytes(0)), Precondition.none())),
                limited.delete(key("a"), Precondition.none()),
                limited.revisions(new RevisionRequest(key("a"), Optional.empty(), 1)),
                limited.restore(key("a"), Revision.of("1", "1"), Precondition.none()),
                limited.keepForever(key("a"), Revision.of("1", "1")),
                limited.probe(ProbeDepth.REACH));

        assertThat(calls).allSatisfy(call -> assertThat(kindOf(call)).isEqualTo(ErrorKind.TIMEOUT));
        assertThat(cancelled).hasValue(calls.size());
    }

    @Test
    void endsEveryCallOfAProviderWithALimitAsWell() {
        AtomicInteger cancelled = new AtomicInteger();
        Pace pace = Pace.unlimited("p");
        pace.limit(Rates.UNLIMITED);
        DocumentStore limited = new TimeLimitedStore(new Silent(store(), cancelled), SHORT, pace);

        assertThat(kindOf(limited.stat(key("a")))).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void waitingForItsTurnIsNoDelayOfTheStores() {
        // Given
        put(store(), "a", bytes(1));
        Pace pace = Pace.unlimited("p");
        pace.limit(Rates.NOTHING);
        DocumentStore limited = new TimeLimitedStore(new PacedCalls(store(), pace), SHORT, pace);

        // When
        CompletableFuture<DocumentStat> answer = limited.stat(key("a")).subscribeAsCompletionStage();
        await().untilAsserted(() ->
                assertThat(pace.stoppedNanos()).isGreaterThan(4 * SHORT.answer().toNanos()));

        // Then
        assertThat(answer).isNotDone();
        pace.unlimit();
        assertThat(answer).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void aLargerDocumentMayTakeLonger() {
        assertThat(SHORT.forBytes(3)).isEqualTo(Duration.ofMillis(3050));
    }

    /** Takes every call and answers none. */
    private static final class Silent extends DelegatingStore {
        private final AtomicInteger cancelled;

        private Silent(DocumentStore store, AtomicInteger cancelled) {
            super(store);
            this.cancelled = cancelled;
        }

        private <T> Uni<T> silence() {
            return Uni.createFrom().<T>nothing().onCancellation().invoke(cancelled::incrementAndGet);
        }

        @Override
        public Uni<ListPage> list(ListRequest request) {
            return silence();
        }

        @Override
        public Uni<DocumentStat> stat(DocumentKey key) {
            return silence();
        }

        @Override
        public Uni<OpenDocument> read(ReadRequest request) {
            return silence();
        }

        @Override
        public Uni<Written> write(WriteRequest request) {
            return silence();
        }

        @Override
        public Uni<Void> delete(DocumentKey key, Precondition precondition) {
            return silence();
        }

        @Override
        public Uni<RevisionPage> revisions(RevisionRequest request) {
            return silence();
        }

        @Override
        public Uni<Revision> restore(DocumentKey key, Revision revision, Precondition precondition) {
            return silence();
        }

        @Override
        public Uni<Void> keepForever(DocumentKey key, Revision revision) {
            return silence();
        }

        @Override
        public Uni<ProbeReport> probe(ProbeDepth depth) {
            return silence();
        }
    }
}
