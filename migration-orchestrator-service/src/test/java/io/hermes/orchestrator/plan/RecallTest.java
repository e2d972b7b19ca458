package io.hermes.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.orchestrator.testing.EngineTest;
import io.hermes.storage.DocumentKey;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a second job need not bring, because an earlier one has proven that it stands there. */
@QuarkusTest
class RecallTest extends EngineTest {

    private static final String SHA = "a".repeat(64);

    private ResolvedProvider source;
    private ResolvedProvider destination;

    @BeforeEach
    void stores() {
        source = memoryProvider("source");
        destination = memoryProvider("destination", Map.of("path_template", "{path}"));
    }

    @Test
    void whatStandsThereAsItWasWrittenIsSkippedWithItsProof() {
        copied("a", "a");
        long job = started("");

        await().untilAsserted(() -> assertThat(status(job)).isEqualTo("completed"));

        assertThat(text(
                        "SELECT concat_ws(' ', status, reason, dest_provider_id, dest_revision, content_match, size_bytes, requests, attempt_count)"
                                + " FROM migration_items WHERE migration_job_id = ?",
                        job))
                .isEqualTo("skipped identical a " + revision(destination, "a") + " t 7 0 0");
        assertThat(texts(
                        "SELECT unnest(ARRAY[source_content_hash, dest_content_hash]) FROM migration_items WHERE migration_job_id = ?",
                        job))
                .containsExactly(SHA, SHA);
        assertThat(counters(job)).isEqualTo("1 0 0 0 0 0 1").isEqualTo(counted(job));
        assertThat(text(
                        "SELECT concat_ws(' ', scanned_bytes, open_bytes, skipped_bytes)"
                                + " FROM migration_job_progress WHERE job_id = ?",
                        job))
                .isEqualTo("7 0 7");
    }

    @Test
    void whateverIsInDoubtIsLeftToTheWorker() {
        copied("known", "known");
        copied("source-changed", "source-changed");
        put(source, "source-changed", "newer!!");
        copied("dest-changed", "dest-changed");
        put(destination, "dest-changed", "newer!!");
        copied("elsewhere", "old-place/elsewhere");
        put(source, "dest-gone", "content");
        remember("dest-gone", revision(source, "dest-gone"), "dest-gone", "1", 7);
        put(source, "never-copied", "content");
        put(destination, "never-copied", "content");
        put(source, "other-size", "content");
        put(destination, "other-size", "content");
        remember("other-size", revision(source, "other-size"), "other-size", revision(destination, "other-size"), 8);

        long job = started("dispatch_window = 1");

        await().until(() -> planned(job));
        assertThat(skipped(job)).containsExactly("known");
        assertThat(number("SELECT scanned FROM migration_job_progress WHERE job_id = ?", job))
                .isEqualTo(7);
        await().untilAsserted(() -> assertThat(counters(job)).isEqualTo(counted(job)));
    }

    @Test
    void manyPagesOfBothAreGoneThroughSideBySide() {
        int documents = 2_500;
        for (int number = 0; number < documents; number++) {
            String key = "folder-%d/%04d".formatted(number % 3, number);
            copied(key, key);
        }
        put(destination, "a-stranger", "content");

        long job = started("");

        await().untilAsserted(() -> assertThat(status(job)).isEqualTo("completed"));
        assertThat(counters(job)).isEqualTo("%d 0 0 0 0 0 %d".formatted(documents, documents));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conflict_policy = 'overwrite'",
                "conflict_policy = 'keep_both'",
                "verify = 'read_back'",
                "dry_run = true",
                "strategy = 'move'",
                "strategy = 'verify'",
                "document_keys = '{a}'",
                "filter_criteria = '{\"tags\": [\"x\"]}'"
            })
    void aJobThatAsksForMoreThanTheListingsTellRecallsNothing(String more) {
        copied("a", "a");

        long job = started("dispatch_window = 1, " + more);

        await().until(() -> planned(job));
        assertThat(skipped(job)).isEmpty();
    }

    @Test
    void aDestinationThatCannotBeOpenedIsNoReasonNotToPlan() {
        UUID unknown = UUID.randomUUID();
        put(source, "a", "content");
        update(
                INSERT,
                source.providerUuid(),
                "a",
                revision(source, "a"),
                unknown,
                "a",
                "1",
                UUID.randomUUID(),
                SHA,
                7L);
        long job = job(source.providerUuid(), unknown, "dispatch_window = 1");

        start(job);

        await().until(() -> planned(job));
        assertThat(counted(job)).startsWith("1 ");
    }

    @Test
    void copiesAreLookedUpByTheirKeysHoweverManyThereAre() {
        UUID route = UUID.randomUUID();
        fill(UUID.randomUUID());
        update("ANALYZE document_copies");
        fill(route);

        String plan = inTransaction(tx -> tx.preparedQuery("EXPLAIN " + RememberedCopies.OF)
                .execute(Tuple.of(route, route, new String[] {"doc-1", "doc-2"}))
                .map(rows -> rows.stream().map(row -> row.getString(0)).collect(Collectors.joining("\n"))));

        assertThat(plan).containsPattern("Index Cond: .*char_length\\(source_key\\)");
    }

    private static final String INSERT =
            "INSERT INTO document_copies (source_provider_uuid, source_key, source_revision, dest_provider_uuid, dest_key,"
                    + " dest_revision, document_uuid, sha256, size_bytes, job_id, last_seen_pass) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)";

    /** A document that stands in both stores because of an earlier job. */
    private void copied(String key, String destKey) {
        put(source, key, "content");
        put(destination, destKey, "content");
        remember(key, revision(source, key), destKey, revision(destination, destKey), 7);
    }

    private void remember(String key, String revision, String destKey, String destRevision, long size) {
        update(
                INSERT,
                source.providerUuid(),
                key,
                revision,
                destination.providerUuid(),
                destKey,
                destRevision,
                UUID.randomUUID(),
                SHA,
                size);
    }

    private void fill(UUID route) {
        update(
                "INSERT INTO document_copies (source_provider_uuid, source_key, source_revision, dest_provider_uuid, dest_key,"
                        + " dest_revision, sha256, size_bytes, job_id, last_seen_pass)"
                        + " SELECT ?, 'doc-' || n, 'r', ?, 'doc-' || n, 'r', ?, 1, 0, 0 FROM generate_series(1, 20000) n",
                route,
                route,
                SHA);
    }

    private String revision(ResolvedProvider provider, String key) {
        return done(store(provider).stat(new DocumentKey(key))).revision().text();
    }

    private long started(String more) {
        long job = job(source.providerUuid(), destination.providerUuid(), more);
        start(job);
        return job;
    }

    private List<String> skipped(long job) {
        return texts(
                "SELECT source_provider_id FROM migration_items WHERE migration_job_id = ? AND status = 'skipped'",
                job);
    }
}
