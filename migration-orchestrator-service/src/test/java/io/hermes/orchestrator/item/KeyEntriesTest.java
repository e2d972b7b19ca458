package io.hermes.orchestrator.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hermes.orchestrator.testing.DrivenEngine;
import io.hermes.orchestrator.testing.EngineTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which keys are one document, and what a hash looks like, is held by the database whatever the length of a key and the way it is asked. */
@QuarkusTest
@TestProfile(DrivenEngine.class)
class KeyEntriesTest extends EngineTest {

    private static final String HASH = "0123456789abcdef".repeat(4);

    /** Four bytes each: the longest that a key's characters can be. */
    private static final String LONGEST = "\uD83D\uDCC4".repeat(1000);

    @Inject
    PlannedItems planned;

    @Test
    void aKeyIsItselfUpToAPageOfAnIndex() {
        List<String> keys =
                List.of("a", "a".repeat(200), "a".repeat(201), LONGEST, LONGEST + "b", entry(LONGEST + "b"));
        long job = plannedJob(0, "");

        assertThat(insert(job, keys)).isEqualTo(keys.size());
        assertThat(insert(job, keys)).isZero();
        assertThat(number("SELECT count(*) FROM migration_items WHERE migration_job_id = ?", job))
                .isEqualTo(keys.size());
    }

    /** What PostgreSQL does not put in the place of a call, it calls: some ten times for each document. */
    @Test
    void noFunctionIsCalledForAnIndexOfThem() {
        assertThat(texts("SELECT pg_get_expr(indexprs, indrelid) FROM pg_index WHERE indexrelid IN"
                        + " ('idx_migration_items_key'::regclass, 'idx_document_copies_key'::regclass)"))
                .allMatch(expressions -> expressions.contains("key_entry("))
                .hasSize(2);
        assertThat(explained("key_entry(source_provider_id)"))
                .contains("CASE WHEN")
                .doesNotContain("key_entry(");
        assertThat(explained("key_hash(source_provider_id)")).contains("key_hash(");
        assertThat(explained("is_sha256(source_content_hash)"))
                .contains("btrim")
                .doesNotContain("is_sha256(");
    }

    @Test
    void aHashHas64HexadecimalDigits() {
        long job = plannedJob(1, "");
        Stream.of(HASH.substring(1), HASH.replace('a', 'A'), HASH.replace('0', 'g'), HASH.replace('7', ' '))
                .forEach(wrong -> assertThatThrownBy(() -> hash(job, wrong)).hasStackTraceContaining("violates check"));

        assertThat(hash(job, HASH)).isEqualTo(1);
    }

    private int hash(long job, String hash) {
        return update("UPDATE migration_items SET dest_content_hash = ? WHERE migration_job_id = ?", hash, job);
    }

    private String explained(String expression) {
        return String.join("\n", texts("EXPLAIN (VERBOSE) SELECT " + expression + " FROM migration_items"));
    }

    private String entry(String key) {
        return text("SELECT key_entry(?)", key);
    }

    private long insert(long job, List<String> keys) {
        List<PlannedItem> items =
                keys.stream().map(key -> PlannedItem.ready(key, null, 0, "r")).toList();
        return inTransaction(tx -> planned.insert(tx, job, 3, items)).scanned();
    }
}
