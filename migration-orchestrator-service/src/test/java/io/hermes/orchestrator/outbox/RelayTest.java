package io.hermes.orchestrator.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.topic.Topic;
import io.hermes.orchestrator.testing.EngineTest;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RelayTest extends EngineTest {

    private static final int ROWS = 1200;

    private static final String ROW_OF =
            "INSERT INTO migration_outbox (migration_job_id, migration_item_id, idempotent_key, event_type, topic, payload)"
                    + " SELECT migration_job_id, id, 'relay-' || migration_job_id || ':' || id, 'migration.task.created', ?, '{}'"
                    + " FROM migration_items WHERE id = (SELECT ";
    private static final String OF_JOB = " FROM migration_items WHERE migration_job_id = ?)";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    @Inject
    RelayBatch batch;

    @Test
    void severalRelaysAtOnceSendEachRowOnce() {
        // Given
        long job = queuedJob(ROWS);
        update(
                "INSERT INTO migration_outbox (migration_job_id, migration_item_id, idempotent_key, event_type, topic, payload)"
                        + " SELECT migration_job_id, id, 'relay-' || migration_job_id || ':' || id, 'migration.task.created', ?, '{}'"
                        + " FROM migration_items WHERE migration_job_id = ?",
                Topic.TASKS.name(),
                job);

        // When: three of them beside the one of the service itself
        done(Uni.join().all(batch.send(), batch.send(), batch.send()).andFailFast());

        // Then
        await().until(() -> number("SELECT count(*) FROM migration_outbox WHERE migration_job_id = ?", job) == 0);
        assertThat(keysOf(job)).hasSize(ROWS).doesNotHaveDuplicates();
    }

    /** Numbers are given before rows are committed: whoever goes on behind the last number seen loses those that come late. */
    @Test
    void aRowThatIsCommittedAfterALaterOneIsSentAsWell() throws SQLException {
        // Given
        long job = queuedJob(2);
        try (Connection slow = database.getConnection();
                PreparedStatement insert = slow.prepareStatement(ROW_OF + "min(id)" + OF_JOB)) {
            slow.setAutoCommit(false);
            insert.setString(1, Topic.TASKS.name());
            insert.setLong(2, job);
            assertThat(insert.executeUpdate()).isEqualTo(1);

            // When
            update(ROW_OF + "max(id)" + OF_JOB, Topic.TASKS.name(), job);
            await().untilAsserted(() -> assertThat(keysOf(job)).hasSize(1));
            slow.commit();
        }

        // Then
        await().untilAsserted(() -> assertThat(keysOf(job)).hasSize(2).doesNotHaveDuplicates());
    }

    @Test
    void aTaskThatNoBrokerTakesFailsItsItemAndStopsNobodyElse() {
        long job = queuedJob(2);
        update(
                "INSERT INTO migration_outbox (migration_job_id, migration_item_id, idempotent_key, event_type, topic, payload)"
                        + " SELECT migration_job_id, id, 'relay-' || migration_job_id || ':' || id || ':copy:1',"
                        + " 'migration.task.created', ?,"
                        + " CASE WHEN id = (SELECT min(id) FROM migration_items WHERE migration_job_id = ?)"
                        + " THEN to_jsonb(repeat('x', 3000000)) ELSE '{}' END"
                        + " FROM migration_items WHERE migration_job_id = ?",
                Topic.TASKS.name(),
                job,
                job);

        await().untilAsserted(() -> assertThat(counters(job)).isEqualTo("2 0 1 0 0 1 0"));
        assertThat(text("SELECT error_code FROM migration_items WHERE migration_job_id = ? AND status = 'failed'", job))
                .isEqualTo("INTERNAL");
        await().untilAsserted(() -> assertThat(keysOf(job)).hasSize(1));
    }

    private long queuedJob(int items) {
        long job = plannedJob(items, "");
        update("UPDATE migration_jobs SET status = 'paused' WHERE id = ?", job);
        update("DELETE FROM migration_outbox WHERE migration_job_id = ?", job);
        update(
                "UPDATE migration_items SET reason = 'queued', epoch = 1, lease_until = now() + interval '10 minutes'"
                        + " WHERE migration_job_id = ?",
                job);
        update("UPDATE migration_job_progress SET waiting = 0, queued = scanned WHERE job_id = ?", job);
        return job;
    }

    /** Idempotent keys of the job's records, from the beginning of the topic to its end. */
    private List<String> keysOf(long job) {
        List<String> keys = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker,
                        "group.id",
                        UUID.randomUUID().toString(),
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topic.TASKS.name()).stream()
                    .map(info -> new org.apache.kafka.common.TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    String key = new String(
                            record.headers().lastHeader("idempotent_key").value(), StandardCharsets.UTF_8);
                    if (key.startsWith("relay-" + job + ":")) {
                        keys.add(key);
                    }
                });
            }
        }
        return keys;
    }
}
