package io.hermes.worker.life;

import static io.hermes.worker.testing.Documents.keysOf;
import static io.hermes.worker.testing.Documents.put;
import static io.hermes.worker.testing.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.task.CopyTask;
import io.hermes.storage.DelegatingStore;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.ReadRequest;
import io.hermes.worker.testing.FaultyStoreFactory;
import io.hermes.worker.testing.Gate;
import io.hermes.worker.testing.Offsets;
import io.hermes.worker.testing.Providers;
import io.hermes.worker.testing.TaskBuilder;
import io.hermes.worker.testing.Topics;
import io.hermes.worker.testing.WorkerToDrain;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** An end that loses nothing and claims nothing. It drains a worker of its own, which is of no use afterwards. */
@QuarkusTest
@TestProfile(WorkerToDrain.class)
class DrainTest {

    @Inject
    ObjectMapper json;

    @Inject
    FaultyStoreFactory stores;

    @Inject
    Drain drain;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void whatIsInFlightEndsAndTheRestStaysUnacknowledged() {
        Gate gate = new Gate();
        UUID source = Providers.register("faulty", Map.of(), Map.of());
        UUID destination = Providers.register("faulty", Map.of("path_template", "{path}"), Map.of());
        stores.put(source, store -> new DelegatingStore(store) {
            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                return gate.passed().chain(() -> store.read(request));
            }
        });
        put(stores.sound(source), "in-flight", text("1"));
        put(stores.sound(source), "waiting", text("2"));
        put(stores.sound(source), "late", text("3"));
        CopyTask inFlight =
                new TaskBuilder(source, destination, "in-flight").item(1).build();
        CopyTask waiting =
                new TaskBuilder(source, destination, "waiting").item(2).build();
        CopyTask late = new TaskBuilder(source, destination, "late").item(3).build();
        try (Topics topics = new Topics(bootstrapServers, json);
                Offsets offsets = new Offsets(bootstrapServers)) {
            Topics.Place first = topics.send(inFlight);
            await().untilAsserted(() -> assertThat(gate.waiting()).isEqualTo(1));
            Topics.Place second = topics.send(waiting);
            await().untilAsserted(() -> assertThat(topics.heldRefs()).contains(waiting.ref()));

            CompletableFuture<Void> drained = CompletableFuture.runAsync(drain::run);
            await().untilAsserted(() -> assertThat(topics.batches())
                    .flatMap(batch -> batch.events())
                    .anySatisfy(event -> assertThat(event)
                            .isInstanceOfSatisfying(
                                    Heartbeat.class,
                                    beat -> assertThat(beat.draining()).isTrue())));
            Topics.Place third = topics.send(late);
            assertThat(drained).isNotDone();
            gate.open();

            await().untilAsserted(() -> assertThat(drained).isCompleted());
            await().untilAsserted(() -> assertThat(offsets.committed(first)).isGreaterThan(first.offset()));
            assertThat(topics.recordedOutcomesOf(inFlight.ref()))
                    .singleElement()
                    .isInstanceOf(Succeeded.class);
            assertThat(topics.recordedOutcomesOf(waiting.ref())).isEmpty();
            assertThat(offsets.committed(second)).isLessThanOrEqualTo(second.offset());
            assertThat(offsets.committed(third)).isLessThanOrEqualTo(third.offset());
            assertThat(keysOf(stores.sound(destination))).containsExactly("in-flight");
        }
    }
}
