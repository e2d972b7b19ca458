package io.hermes.worker.report;

import static io.hermes.worker.testing.Documents.put;
import static io.hermes.worker.testing.Documents.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.task.CopyTask;
import io.hermes.contract.task.TaskRef;
import io.hermes.storage.DelegatingStore;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.ReadRequest;
import io.hermes.worker.testing.FaultyStoreFactory;
import io.hermes.worker.testing.Gate;
import io.hermes.worker.testing.Providers;
import io.hermes.worker.testing.SmallWorker;
import io.hermes.worker.testing.TaskBuilder;
import io.hermes.worker.testing.Topics;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A document that takes longer than a heartbeat is seen to move. */
@QuarkusTest
@TestProfile(SmallWorker.class)
class BytesInFlightTest {

    private static final int SIZE = 3_000_000;
    private static final int BEFORE_THE_GATE = 2_000_000;

    @Inject
    ObjectMapper json;

    @Inject
    FaultyStoreFactory stores;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private Topics topics;

    @BeforeEach
    void open() {
        topics = new Topics(bootstrapServers, json);
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void aHeartbeatTellsHowFarADocumentWasRead() {
        // Given
        Gate gate = new Gate();
        UUID source = Providers.register("faulty", Map.of(), Map.of());
        UUID destination = Providers.register("faulty", Map.of("path_template", "{path}"), Map.of());
        stores.put(source, store -> stoppingMidway(store, gate));
        byte[] bytes = random(SIZE);
        put(stores.sound(source), "large", bytes);
        CopyTask task = new TaskBuilder(source, destination, "large").size(SIZE).build();

        // When
        topics.send(task);

        // Then
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(bytesOf(task.ref())).contains((long) BEFORE_THE_GATE));
        gate.open();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(topics.outcomesOf(task.ref()))
                        .singleElement()
                        .isInstanceOf(Succeeded.class));
        assertThat(bytesOf(task.ref())).isSorted().allMatch(count -> count <= SIZE);
    }

    private List<Long> bytesOf(TaskRef ref) {
        return topics.batches().stream()
                .flatMap(batch -> batch.events().stream())
                .filter(Heartbeat.class::isInstance)
                .flatMap(event -> ((Heartbeat) event).tasks().stream())
                .filter(held -> held.ref().equals(ref))
                .map(Heartbeat.Held::bytes)
                .toList();
    }

    /** Every reading of it stops for the gate after two of its three million bytes. */
    private static DocumentStore stoppingMidway(DocumentStore store, Gate gate) {
        return new DelegatingStore(store) {
            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                return store.read(new ReadRequest(request.key(), request.revision(), SIZE))
                        .map(document -> OpenDocument.of(
                                document.stat(),
                                new DocumentContent.Streamed(
                                        SIZE, halves((DocumentContent.Whole) document.content(), gate))));
            }
        };
    }

    private static Multi<ByteBuffer> halves(DocumentContent.Whole whole, Gate gate) {
        ByteBuffer first = whole.bytes().slice(0, BEFORE_THE_GATE);
        ByteBuffer rest = whole.bytes().slice(BEFORE_THE_GATE, SIZE - BEFORE_THE_GATE);
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(first),
                        gate.passed().map(open -> rest).toMulti());
    }
}
