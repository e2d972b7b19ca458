package io.hermes.worker.task;

import static io.hermes.worker.testing.Documents.keysOf;
import static io.hermes.worker.testing.Documents.put;
import static io.hermes.worker.testing.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.contract.event.Started;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.job.ConflictPolicy;
import io.hermes.contract.task.CopyTask;
import io.hermes.storage.DelegatingStore;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.hermes.worker.testing.FaultyStoreFactory;
import io.hermes.worker.testing.Gate;
import io.hermes.worker.testing.Offsets;
import io.hermes.worker.testing.Providers;
import io.hermes.worker.testing.SmallWorker;
import io.hermes.worker.testing.TaskBuilder;
import io.hermes.worker.testing.Topics;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the record's acknowledgement promises, seen from the broker's side. */
@QuarkusTest
@TestProfile(SmallWorker.class)
class AcknowledgementTest {

    @Inject
    ObjectMapper json;

    @Inject
    FaultyStoreFactory stores;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private Topics topics;
    private UUID source;
    private UUID destination;

    @BeforeEach
    void open() {
        topics = new Topics(bootstrapServers, json);
        source = Providers.register("faulty", Map.of(), Map.of());
        destination = Providers.register("faulty", Map.of("path_template", "{path}"), Map.of());
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @Test
    void aRecordIsCommittedOnlyAfterItsOutcome() {
        Gate gate = new Gate();
        stores.put(source, store -> new DelegatingStore(store) {
            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                return gate.passed().chain(() -> store.read(request));
            }
        });
        put(stores.sound(source), "a", text("a"));
        CopyTask task = new TaskBuilder(source, destination, "a").build();
        try (Offsets offsets = new Offsets(bootstrapServers)) {
            var place = topics.send(task);
            await().untilAsserted(() -> assertThat(gate.waiting()).isEqualTo(1));

            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> assertThat(offsets.committed(place)).isLessThanOrEqualTo(place.offset()));
            assertThat(topics.recordedOutcomesOf(task.ref())).isEmpty();
            gate.open();

            await().untilAsserted(() -> assertThat(offsets.committed(place)).isGreaterThan(place.offset()));
            await().untilAsserted(() ->
                    assertThat(topics.outcomesOf(task.ref())).singleElement().isInstanceOf(Succeeded.class));
        }
    }

    @Test
    void aSlowTaskIsReportedAsStarted() {
        Gate gate = new Gate();
        stores.put(source, store -> new DelegatingStore(store) {
            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                return gate.passed().chain(() -> store.read(request));
            }
        });
        put(stores.sound(source), "a", text("a"));
        CopyTask task = new TaskBuilder(source, destination, "a").build();

        topics.send(task);

        await().untilAsserted(
                        () -> assertThat(topics.startsOf(task.ref())).containsExactly(new Started(task.ref(), null)));
        await().untilAsserted(() -> assertThat(topics.heldRefs()).contains(task.ref()));
        gate.open();
        await().untilAsserted(() -> assertThat(topics.outcomesOf(task.ref())).hasSize(1));
    }

    @Test
    void oneTaskDeliveredFiveTimesIsOneTransferAndOneDocument() {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        stores.put(destination, store -> new DelegatingStore(store) {
            @Override
            public Uni<Written> write(WriteRequest request) {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                return Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(Duration.ofMillis(200))
                        .chain(() -> store.write(request))
                        .onTermination()
                        .invoke(atOnce::decrementAndGet);
            }
        });
        put(stores.sound(source), "a", text("a"));
        CopyTask task = new TaskBuilder(source, destination, "a").build();
        Topics.Place last = null;

        for (int delivery = 0; delivery < 5; delivery++) {
            last = topics.send(task);
        }

        Topics.Place end = last;
        try (Offsets offsets = new Offsets(bootstrapServers)) {
            await().untilAsserted(() -> assertThat(offsets.committed(end)).isGreaterThan(end.offset()));
        }
        assertThat(most).hasValue(1);
        assertThat(keysOf(stores.sound(destination))).containsExactly("a");
        await().untilAsserted(() -> assertThat(topics.outcomesOf(task.ref())).isNotEmpty());
        assertThat(topics.outcomesOf(task.ref()))
                .allSatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                Succeeded.class,
                                done -> assertThat(done.destRevision()).isEqualTo("1")));
    }

    @Test
    void whatWillBeReplacedIsOnRecordBeforeItIs() {
        List<List<Started>> recordedAtReplacement = new CopyOnWriteArrayList<>();
        put(stores.sound(source), "a", text("mine"));
        put(stores.sound(destination), "a", text("yours"));
        CopyTask task = new TaskBuilder(source, destination, "a")
                .policy(ConflictPolicy.OVERWRITE)
                .build();
        stores.put(destination, store -> new DelegatingStore(store) {
            @Override
            public Uni<Written> write(WriteRequest request) {
                return Uni.createFrom().deferred(() -> {
                    if (request.precondition() instanceof Precondition.IfMatches) {
                        recordedAtReplacement.add(topics.recordedStartsOf(task.ref()));
                    }
                    return store.write(request);
                });
            }
        });

        topics.send(task);

        await().untilAsserted(() -> assertThat(topics.outcomesOf(task.ref()))
                .singleElement()
                .isInstanceOfSatisfying(
                        Succeeded.class,
                        done -> assertThat(done.replacedRevision()).isEqualTo("1")));
        assertThat(recordedAtReplacement)
                .singleElement()
                .satisfies(starts -> assertThat(starts).contains(new Started(task.ref(), "1")));
    }
}
