package io.hermes.worker.copy;

import static io.hermes.worker.testing.Documents.bytesOf;
import static io.hermes.worker.testing.Documents.hash;
import static io.hermes.worker.testing.Documents.keysOf;
import static io.hermes.worker.testing.Documents.put;
import static io.hermes.worker.testing.Documents.random;
import static io.hermes.worker.testing.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.contract.event.Deferred;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.task.CopyTask;
import io.hermes.storage.StoreAssembly;
import io.hermes.worker.budget.ByteBudget;
import io.hermes.worker.testing.RealStores;
import io.hermes.worker.testing.RealStores.Kind;
import io.hermes.worker.testing.RealStores.Opened;
import io.hermes.worker.testing.SmallWorker;
import io.hermes.worker.testing.TaskBuilder;
import io.hermes.worker.testing.Topics;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From task record to outcome record, between real stores, whatever the direction, size and name. */
@QuarkusTest
@TestProfile(SmallWorker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryDirectionTest {

    private static final int MIB = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    ObjectMapper json;

    @Inject
    StoreAssembly assembly;

    @Inject
    ByteBudget budget;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private RealStores stores;
    private Topics topics;

    @BeforeAll
    void startStores() {
        stores = new RealStores(assembly);
    }

    @AfterAll
    void stopStores() {
        stores.close();
    }

    @BeforeEach
    void open() {
        topics = new Topics(bootstrapServers, json);
    }

    @AfterEach
    void close() {
        topics.close();
    }

    @ParameterizedTest
    @CsvSource({"LOCAL, S3", "S3, S3", "S3, LOCAL", "LOCAL, LOCAL"})
    void everyDocumentArrivesWholeAndProven(Kind from, Kind to) {
        Opened source = stores.empty(from);
        Opened destination = stores.empty(to);
        Map<String, byte[]> documents = documents();
        documents.forEach((key, bytes) -> put(source.store(), key, bytes));
        List<CopyTask> tasks = tasks(source, destination, documents);

        tasks.forEach(topics::send);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tasks)
                        .allSatisfy(task ->
                                assertThat(topics.outcomesOf(task.ref())).isNotEmpty()));
        assertThat(tasks).allSatisfy(task -> assertArrived(task, documents, destination));
        assertThat(keysOf(destination.store())).containsExactlyInAnyOrderElementsOf(documents.keySet());
        assertThat(budget.used()).isZero();
        assertThat(budget.peak()).isPositive().isLessThanOrEqualTo(64L * MIB);
    }

    @Test
    void anotherRunOfTheSameTasksChangesNothing() {
        Opened source = stores.empty(Kind.LOCAL);
        Opened destination = stores.empty(Kind.S3);
        put(source.store(), "a b/100%.md", text("once"));
        CopyTask task = new TaskBuilder(source.uuid(), destination.uuid(), "a b/100%.md").build();
        topics.send(task);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(topics.outcomesOf(task.ref())).hasSize(1));

        topics.send(task);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(topics.outcomesOf(task.ref())).hasSize(2));
        Succeeded first = (Succeeded) topics.outcomesOf(task.ref()).get(0);
        Succeeded second = (Succeeded) topics.outcomesOf(task.ref()).get(1);
        assertThat(second.recovered()).isTrue();
        assertThat(second.destRevision()).isEqualTo(first.destRevision());
        assertThat(second.destHash()).isEqualTo(first.destHash());
    }

    @Test
    void wrongCredentialsHoldTheProviderAndTheOthersGoOn() {
        Opened wrong = stores.withWrongCredentials();
        Opened source = stores.empty(Kind.LOCAL);
        Opened destination = stores.empty(Kind.S3);
        put(source.store(), "a", text("a"));
        CopyTask refused = new TaskBuilder(source.uuid(), wrong.uuid(), "a").build();
        CopyTask good = new TaskBuilder(source.uuid(), destination.uuid(), "a").build();

        topics.send(refused);
        topics.send(good);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(topics.outcomesOf(good.ref()))
                        .singleElement()
                        .isInstanceOf(Succeeded.class));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(topics.outcomesOf(refused.ref()))
                        .singleElement()
                        .isInstanceOfSatisfying(Deferred.class, deferred -> {
                            assertThat(deferred.reason()).isEqualTo(Deferred.Reason.PROVIDER_AUTH);
                            assertThat(deferred.providerUuid()).isEqualTo(wrong.uuid());
                        }));
    }

    @Test
    void aStoreThatIsDownIsAnOutage() {
        try (RealStores doomed = new RealStores(assembly)) {
            Opened source = stores.empty(Kind.LOCAL);
            Opened destination = doomed.empty(Kind.S3);
            put(source.store(), "a", text("a"));
            CopyTask task = new TaskBuilder(source.uuid(), destination.uuid(), "a").build();
            doomed.crash();

            topics.send(task);

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(topics.outcomesOf(task.ref()))
                            .singleElement()
                            .isInstanceOfSatisfying(
                                    Deferred.class,
                                    deferred -> assertThat(deferred.reason())
                                            .isEqualTo(Deferred.Reason.PROVIDER_UNAVAILABLE)));
        }
    }

    private void assertArrived(CopyTask task, Map<String, byte[]> documents, Opened destination) {
        byte[] expected = documents.get(task.source().key());
        assertThat(topics.outcomesOf(task.ref())).singleElement().isInstanceOfSatisfying(Succeeded.class, done -> {
            assertThat(done.sourceHash()).isEqualTo(hash(expected)).isEqualTo(done.destHash());
            assertThat(done.bytes()).isEqualTo(expected.length);
        });
        assertThat(bytesOf(destination.store(), task.source().key())).isEqualTo(expected);
    }

    private List<CopyTask> tasks(Opened source, Opened destination, Map<String, byte[]> documents) {
        UUID job = UUID.randomUUID();
        List<CopyTask> tasks = new ArrayList<>();
        documents.forEach((key, bytes) -> tasks.add(new TaskBuilder(source.uuid(), destination.uuid(), key)
                .job(job)
                .item(tasks.size() + 1L)
                .size(bytes.length)
                .build()));
        return tasks;
    }

    private static Map<String, byte[]> documents() {
        Map<String, byte[]> documents = new LinkedHashMap<>();
        documents.put("empty.md", new byte[0]);
        documents.put("one", random(1));
        documents.put("sizes/below.bin", random(MIB - 1));
        documents.put("sizes/exact.bin", random(MIB));
        documents.put("sizes/above.bin", random(MIB + 1));
        documents.put("sizes/parts.bin", random(20 * MIB));
        documents.put("names/with space and 100%.md", text("percent"));
        documents.put("names/a%20b+c&d=e.md", text("encoded"));
        documents.put("names/é漢😀.md", text("unicode"));
        documents.put("project/deep/er/and/deeper/x.tar.gz", text("deep"));
        return documents;
    }
}
