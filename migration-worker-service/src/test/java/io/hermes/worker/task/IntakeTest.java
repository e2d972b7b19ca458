package io.hermes.worker.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.contract.event.Deferred;
import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.job.ConflictPolicy;
import io.hermes.contract.job.Verify;
import io.hermes.contract.task.CopyTask;
import io.hermes.contract.task.SourceDocument;
import io.hermes.contract.task.TaskRef;
import io.hermes.worker.testing.SmallWorker;
import io.hermes.worker.testing.Topics;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(SmallWorker.class)
class IntakeTest {

    @Inject
    ObjectMapper json;

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
    void whatCannotBeReadGoesToTheDeadLettersAndTheRestGoesOn() {
        String mark = UUID.randomUUID().toString();
        CopyTask good = task(UUID.randomUUID());

        topics.sendRaw("1", null);
        topics.sendRaw("2", ("garbage " + mark).getBytes(UTF_8));
        topics.sendRaw("3", ("{\"kind\":\"copy\",\"version\":99,\"mark\":\"" + mark + "\"}").getBytes(UTF_8));
        topics.sendRaw("4", ("{\"kind\":\"explode\",\"version\":1,\"mark\":\"" + mark + "\"}").getBytes(UTF_8));
        topics.sendRaw("5", ("{\"kind\":\"copy\",\"version\":1,\"mark\":\"" + mark + "\"}").getBytes(UTF_8));
        topics.send(good);

        await().untilAsserted(() -> assertThat(topics.outcomesOf(good.ref())).isNotEmpty());
        await().untilAsserted(() -> assertThat(topics.deadLetters().stream()
                        .filter(letter -> text(letter).contains(mark)))
                .hasSize(4)
                .allSatisfy(letter -> {
                    assertThat(header(letter, "original-topic")).isEqualTo("hermes.migration-tasks");
                    assertThat(header(letter, "original-offset")).matches("\\d+");
                    assertThat(header(letter, "original-partition")).matches("\\d+");
                    assertThat(header(letter, "reason")).isNotBlank().doesNotContain(mark);
                }));
        assertThat(topics.deadLetters())
                .anySatisfy(letter -> assertThat(header(letter, "reason")).isEqualTo("the record has no value"));
    }

    @Test
    void aProviderThatCannotBeOpenedIsAnOutageAndNoAttempt() {
        CopyTask task = task(UUID.randomUUID());

        topics.send(task);

        await().untilAsserted(() ->
                assertThat(topics.outcomesOf(task.ref())).singleElement().isInstanceOf(Deferred.class));
        Deferred deferred = (Deferred) topics.outcomesOf(task.ref()).getFirst();
        assertThat(deferred.providerUuid()).isEqualTo(task.source().providerUuid());
        assertThat(deferred.reason()).isEqualTo(Deferred.Reason.PROVIDER_UNAVAILABLE);
        assertThat(deferred.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
        assertThat(deferred.retryAfterMillis()).isEqualTo(5000);
    }

    @Test
    void anIdleWorkerGivesSignsOfLife() {
        await().untilAsserted(() -> assertThat(topics.batches())
                .flatMap(batch -> batch.events())
                .anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(Heartbeat.class, beat -> {
                    assertThat(beat.slots()).isEqualTo(8);
                    assertThat(beat.draining()).isFalse();
                    assertThat(beat.version()).isNotBlank();
                    assertThat(beat.throughput()).isNotNull();
                })));
    }

    private static CopyTask task(UUID job) {
        TaskRef ref = new TaskRef(job, 1, 7, 1);
        return new CopyTask(
                1,
                ref,
                ref.idempotentKey(CopyTask.KIND),
                new SourceDocument(UUID.randomUUID(), "a.md", null, 3L),
                UUID.randomUUID(),
                null,
                ConflictPolicy.SKIP_IDENTICAL,
                Verify.STORE_CHECKED,
                false,
                4,
                null,
                null);
    }

    private static String text(ConsumerRecord<String, byte[]> letter) {
        return letter.value() == null ? "" : new String(letter.value(), UTF_8);
    }

    private static String header(ConsumerRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }
}
