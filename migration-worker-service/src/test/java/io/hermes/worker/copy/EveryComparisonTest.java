package io.hermes.worker.copy;

import static io.hermes.worker.testing.Documents.hash;
import static io.hermes.worker.testing.Documents.put;
import static io.hermes.worker.testing.Documents.random;
import static io.hermes.worker.testing.Documents.statOf;
import static io.hermes.worker.testing.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.contract.event.Compared;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.task.CompareTask;
import io.hermes.contract.task.CopyTask;
import io.hermes.contract.task.MigrationTask;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Precondition;
import io.hermes.storage.Revision;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From comparison record to outcome record, between real stores that stay as they are to the last byte and time of change. */
@QuarkusTest
@TestProfile(SmallWorker.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryComparisonTest {

    private static final int MIB = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

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
    void whatACopyWroteIsEqualAndWhatWasDoneToItSinceIsFound(Kind from, Kind to) {
        // Given: copies, one of which was changed by one byte and one removed
        Opened source = stores.empty(from);
        Opened destination = stores.empty(to);
        Map<String, byte[]> documents = documents();
        documents.forEach((key, bytes) -> put(source.store(), key, bytes));
        Map<String, CopyTask> copies =
                run(documents, key -> task(source, destination, key, documents).build());
        copies.forEach((key, copy) -> assertStandsAsReported(destination, copy));
        byte[] corrupt = documents.get("sizes/parts.bin").clone();
        corrupt[corrupt.length / 2] ^= 1;
        put(destination.store(), "sizes/parts.bin", corrupt);
        destination
                .store()
                .delete(new DocumentKey("names/é漢😀.md"), Precondition.none())
                .await()
                .atMost(PATIENCE);
        List<String> before = traces(source, destination);

        // When
        Map<String, CompareTask> tasks =
                run(documents, key -> task(source, destination, key, documents).comparison());

        // Then
        tasks.forEach((key, task) -> assertThat(topics.outcomesOf(task.ref()))
                .as(key)
                .singleElement()
                .isInstanceOfSatisfying(Compared.class, found -> {
                    assertThat(found.sourceHash()).isEqualTo(hash(documents.get(key)));
                    assertThat(found.destHash())
                            .isEqualTo(
                                    switch (key) {
                                        case "sizes/parts.bin" -> hash(corrupt);
                                        case "names/é漢😀.md" -> null;
                                        default -> found.sourceHash();
                                    });
                    assertThat(found.metadataDifferences()).isEmpty();
                }));
        assertThat(traces(source, destination)).isEqualTo(before);
        assertThat(budget.used()).isZero();
        assertThat(budget.peak()).isPositive().isLessThanOrEqualTo(64L * MIB);
    }

    /** What a job's validation rests on: a listing and a look tell the revision that the write told. */
    private void assertStandsAsReported(Opened destination, CopyTask copy) {
        Succeeded done = (Succeeded) topics.outcomesOf(copy.ref()).getFirst();
        Revision written = Revision.parse(done.destRevision());
        assertThat(statOf(destination.store(), done.destKey()).revision()).matches(written::matches);
        ListPage page =
                destination.store().list(ListRequest.everything()).await().atMost(PATIENCE);
        assertThat(page.entries())
                .filteredOn(entry -> entry.key().value().equals(done.destKey()))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.size()).isEqualTo(done.bytes());
                    assertThat(entry.revision().etag()).isEqualTo(written.etag());
                });
    }

    private <T extends MigrationTask> Map<String, T> run(Map<String, byte[]> documents, Function<String, T> task) {
        Map<String, T> tasks = new LinkedHashMap<>();
        documents.keySet().forEach(key -> tasks.put(key, task.apply(key)));
        tasks.values().forEach(topics::send);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tasks.values())
                        .allSatisfy(sent ->
                                assertThat(topics.outcomesOf(sent.ref())).isNotEmpty()));
        return tasks;
    }

    private static TaskBuilder task(Opened source, Opened destination, String key, Map<String, byte[]> documents) {
        return new TaskBuilder(source.uuid(), destination.uuid(), key)
                .job(UUID.randomUUID())
                .size(documents.get(key).length);
    }

    /** Everything that a write, or a touch, would leave behind. */
    private static List<String> traces(Opened... stores) {
        List<String> traces = new ArrayList<>();
        for (Opened opened : stores) {
            ListPage page =
                    opened.store().list(ListRequest.everything()).await().atMost(PATIENCE);
            page.entries().forEach(entry -> traces.add(entry.toString()));
            opened.folder().ifPresent(folder -> traces.addAll(files(folder)));
        }
        return traces;
    }

    private static List<String> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(EveryComparisonTest::trace).sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String trace(Path file) {
        try {
            String content = Files.isRegularFile(file) ? hash(Files.readAllBytes(file)) : "folder";
            return file + " " + content + " " + Files.getAttribute(file, "unix:ctime");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Map<String, byte[]> documents() {
        Map<String, byte[]> documents = new LinkedHashMap<>();
        documents.put("empty.md", new byte[0]);
        documents.put("sizes/exact.bin", random(MIB));
        documents.put("sizes/above.bin", random(MIB + 1));
        documents.put("sizes/parts.bin", random(20 * MIB));
        documents.put("names/with space and 100%.md", text("percent"));
        documents.put("names/é漢😀.md", text("unicode"));
        return documents;
    }
}
