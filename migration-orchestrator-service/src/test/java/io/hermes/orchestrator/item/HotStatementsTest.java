package io.hermes.orchestrator.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.orchestrator.testing.DrivenEngine;
import io.hermes.orchestrator.testing.PlansTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.Test;

/** What is run all the time reads what it needs by an index, and not every document there is. */
@QuarkusTest
@TestProfile(DrivenEngine.class)
class HotStatementsTest extends PlansTest {

    private static final String BY_STATUS = "idx_migration_items_status";
    private static final String BY_NUMBER = "migration_items_pkey";
    private static final Long[] SOME = {1L, 2L, 3L};

    @Test
    void noneReadsEveryDocument() {
        // A full scan would be seen.
        assertThat(plan("SELECT id FROM migration_items WHERE error_message = $1", Tuple.of("slow")))
                .contains("Seq Scan on migration_items");

        reads("idx_migration_items_ready", ReadyItems.PICK, Tuple.of(big, 500));
        reads("Index Scan", ReadyItems.QUEUE, Tuple.of(SOME, 1000L));
        reads("idx_migration_items_due", ReadyItems.DUE_JOBS, Tuple.tuple());
        reads("idx_migration_items", ReadyItems.MAKE_READY, Tuple.of(big));
        reads(BY_NUMBER, ItemRows.LOCK, Tuple.of(SOME, new Long[] {small, big}));
        reads("idx_migration_items_lease", LapsedItems.JOBS, Tuple.tuple());
        reads("idx_migration_items", LapsedItems.LOCK, Tuple.of(big));
        reads(BY_STATUS, FailedItems.MAKE_READY, Tuple.of(big, new String[] {"*"}, 0L, Long.MAX_VALUE, 5000));
        reads(BY_STATUS, CopiedItems.UNMARKED, Tuple.of(big, 0L, 1, 200));
        reads(
                "idx_migration_items_dest",
                CopiedItems.MARK_LISTED,
                Tuple.of(big, 1, new String[] {"doc-1"}, new Long[] {10L}, new String[] {""}));
        assertAll();
    }
}
