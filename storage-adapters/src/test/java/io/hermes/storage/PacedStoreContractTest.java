package io.hermes.storage;

import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.contract.AbstractDocumentStoreContract;
import io.hermes.storage.memory.MemoryStoreFactory;
import io.hermes.storage.testing.HandTurned;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The whole contract holds for a store of a provider with a limit, and its bytes flow as they may. */
class PacedStoreContractTest extends AbstractDocumentStoreContract {

    private static final int PIECE = 1000;

    private final HandTurned time = new HandTurned();
    private final Pace slow = new Pace("p", time, call -> {});
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger given = new AtomicInteger();

    @Override
    protected DocumentStore open() {
        Pace pace = Pace.unlimited("p");
        pace.limit(new Rates(1_000_000, 1e12));
        StoreSettings settings =
                new StoreSettings(UUID.randomUUID(), "p", "memory", true, Map.of(), Map.of(), Optional.empty());
        return new StoreAssembly(List.of(new MemoryStoreFactory()), List.of()).open(settings, pace);
    }

    /** The memory store takes none of our own names, so that there is nothing to plant. */
    @Override
    public void plant(String name, byte[] bytes) {}

    @Test
    void aStreamIsReadAtThePaceAndNoFasterThanItIsAskedFor() {
        // Given
        slow.limit(new Rates(Double.POSITIVE_INFINITY, PIECE));
        AssertSubscriber<ByteBuffer> reader = AssertSubscriber.create(0);
        flow(read()).subscribe().withSubscriber(reader);
        assertThat(given).hasValue(0);

        // When all is asked for
        reader.request(Long.MAX_VALUE);

        // Then
        assertThat(reader.getItems()).hasSize(1);
        time.turn(Duration.ofMillis(3_500));
        assertThat(reader.getItems()).hasSize(4);
        assertThat(given.get()).isLessThanOrEqualTo(6);

        // And when the reader goes
        reader.cancel();
        time.turn(Duration.ofMinutes(1));
        assertThat(reader.getItems()).hasSize(4);
        assertThat(given.get()).isLessThanOrEqualTo(6);
    }

    @Test
    void aStreamIsWrittenAtThePace() {
        slow.limit(new Rates(Double.POSITIVE_INFINITY, PIECE));
        CompletableFuture<Written> written = paced(store())
                .write(request("streamed", new DocumentContent.Streamed(10L * PIECE, pieces()), Precondition.none()))
                .subscribeAsCompletionStage();

        time.turn(Duration.ofMillis(8_500));
        assertThat(written).isNotDone();
        time.turn(Duration.ofMillis(1_500));

        assertThat(written).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void bodiesInOnePieceWaitForThoseBeforeThem() {
        slow.limit(new Rates(Double.POSITIVE_INFINITY, PIECE));
        List<CompletableFuture<Written>> writes = List.of(write("first"), write("second"), write("third"));

        assertThat(writes.get(0)).succeedsWithin(Duration.ofSeconds(30));
        assertThat(asked).hasValue(1);
        time.turn(Duration.ofMillis(4_900));
        assertThat(asked).hasValue(1);
        time.turn(Duration.ofMillis(200));
        assertThat(asked).hasValue(2);
        time.turn(Duration.ofSeconds(5));
        assertThat(asked).hasValue(3);
    }

    @Test
    void whatIsReadInOnePieceIsPaidForAndExpectedOfTheNext() {
        put(store(), "a", bytes(5 * PIECE));
        slow.limit(new Rates(Double.POSITIVE_INFINITY, PIECE));
        DocumentStore paced = paced(store());
        assertThat(readWhole(paced)).succeedsWithin(Duration.ofSeconds(30));

        CompletableFuture<OpenDocument> second = readWhole(paced);

        time.turn(Duration.ofMillis(4_900));
        assertThat(asked).hasValue(1);
        time.turn(Duration.ofMillis(200));
        assertThat(second).succeedsWithin(Duration.ofSeconds(30));
    }

    private CompletableFuture<OpenDocument> readWhole(DocumentStore paced) {
        return paced.read(ReadRequest.latest(key("a"), 1 << 20)).subscribeAsCompletionStage();
    }

    private CompletableFuture<Written> write(String key) {
        return paced(store())
                .write(request(key, whole(bytes(5 * PIECE)), Precondition.none()))
                .subscribeAsCompletionStage();
    }

    private DocumentStore paced(DocumentStore store) {
        return new PacedStore(
                new DelegatingStore(store) {
                    @Override
                    public Uni<Written> write(WriteRequest request) {
                        asked.incrementAndGet();
                        return super.write(request);
                    }

                    @Override
                    public Uni<OpenDocument> read(ReadRequest request) {
                        asked.incrementAndGet();
                        return super.read(request);
                    }
                },
                slow);
    }

    private Multi<ByteBuffer> flow(OpenDocument open) {
        return ((DocumentContent.Streamed) open.content()).bytes();
    }

    /** A document whose pieces are counted when the store gives them. */
    private OpenDocument read() {
        put(store(), "long", bytes(1));
        return new PacedStore(
                        new DelegatingStore(store()) {
                            @Override
                            public Uni<OpenDocument> read(ReadRequest request) {
                                return super.read(request)
                                        .map(open -> OpenDocument.of(
                                                open.stat(), new DocumentContent.Streamed(10L * PIECE, pieces())));
                            }
                        },
                        slow)
                .read(ReadRequest.latest(key("long"), 0))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    private Multi<ByteBuffer> pieces() {
        return Multi.createFrom().range(0, 10).map(number -> {
            given.incrementAndGet();
            return ByteBuffer.allocate(PIECE);
        });
    }
}
