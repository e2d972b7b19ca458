package io.hermes.orchestrator.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.orchestrator.testing.DrivenEngine;
import io.hermes.orchestrator.testing.PlansTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is run all the time reads what it needs by an index, and not every document there is. */
@QuarkusTest
@TestProfile(DrivenEngine.class)
class HotStatementsTest extends PlansTest {

    private static final String BY_STATUS = "idx_migration_items_status";
    private static final String BY_NUMBER = "migration_items_pkey";

    /** Most items that one scan for what is due or has lapsed looks at. */
    private static final int BATCH = 10_000;

    /** Documents of a page of a listing. */
    private static final int PAGE = 1000;

    private static final String SLOW = "SELECT id FROM migration_items WHERE error_message = $1";
    private static final Long[] SOME = {1L, 2L, 3L};

    @Test
    void noneReadsEveryDocument() {
        // A full scan would be seen, and what it throws away counted.
        assertThat(plan(SLOW, Tuple.of("slow"))).contains("Seq Scan on migration_items");
        assertThat(rows(SLOW, Tuple.of("slow"))).isGreaterThan(20_000);

        reads("Function Scan", 0, PlannedItems.INSERT, planned());
        reads("idx_migration_items_ready", 500, ReadyItems.PICK, Tuple.of(big, 500));
        reads("Index Scan", SOME.length, ReadyItems.QUEUE, Tuple.of(SOME, 1000L));
        reads("idx_migration_items_due", BATCH, ReadyItems.DUE_JOBS, Tuple.tuple());
        reads("idx_migration_items", 2 * BATCH, ReadyItems.MAKE_READY, Tuple.of(big));
        reads(BY_NUMBER, SOME.length, ItemRows.LOCK, Tuple.of(SOME, new Long[] {small, big}));
        reads("idx_migration_items_lease", BATCH, LapsedItems.JOBS, Tuple.tuple());
        reads("idx_migration_items", BATCH, LapsedItems.LOCK, Tuple.of(big));
        reads(BY_STATUS, 3 * 5000, FailedItems.MAKE_READY, Tuple.of(big, new String[] {"*"}, 0L, Long.MAX_VALUE, 5000));
        reads(BY_STATUS, 200, CopiedItems.UNMARKED, Tuple.of(big, 0L, 1, 200));
        reads("idx_migration_items_dest", 1, CopiedItems.MARK_LISTED, listed(big, 1));
        // The index and the row.
        reads("idx_migration_items_dest", 2 * PAGE, CopiedItems.MARK_LISTED, listed(big, PAGE));
        assertAll();
    }

    /** Every job is new once, and what was planned is moved before anybody takes statistics. */
    @Test
    void norEveryDocumentOfAJobThatTheStatisticsDoNotKnow() {
        long fresh = jobUnknownToTheStatistics();
        // Looking for so many by their numbers seems dearer than reading the one row that the job is thought to have.
        long first = number("SELECT min(id) FROM migration_items WHERE migration_job_id = ?", fresh);
        Long[] some = LongStream.range(first, first + 64).boxed().toArray(Long[]::new);

        reads("idx_migration_items_ready", 500, ReadyItems.PICK, Tuple.of(fresh, 500));
        reads("Index Scan", some.length, ReadyItems.QUEUE, Tuple.of(some, 1000L));
        reads("idx_migration_items_due", 500, ReadyItems.MAKE_READY, Tuple.of(fresh));
        reads(BY_NUMBER, some.length, ItemRows.LOCK, Tuple.of(some, new Long[] {fresh}));
        reads("idx_migration_items_lease", 500, LapsedItems.LOCK, Tuple.of(fresh));
        reads(BY_STATUS, 0, FailedItems.MAKE_READY, Tuple.of(fresh, new String[] {"*"}, 0L, Long.MAX_VALUE, 5000));
        reads(BY_STATUS, 0, CopiedItems.UNMARKED, Tuple.of(fresh, 0L, 1, 200));
        reads(BY_NUMBER, some.length, CopiedItems.MARK, Tuple.of(fresh, some, 1));
        reads("idx_migration_items_dest", 1, CopiedItems.MARK_LISTED, listed(fresh, 1));
        // The index and the row.
        reads("idx_migration_items_dest", 2 * PAGE, CopiedItems.MARK_LISTED, listed(fresh, PAGE));
        assertAll();
    }

    /** So many documents of a destination. */
    private static Tuple listed(long job, int documents) {
        return Tuple.of(
                job,
                1,
                IntStream.rangeClosed(1, documents)
                        .mapToObj("doc-%d"::formatted)
                        .toArray(String[]::new),
                LongStream.generate(() -> 10L).limit(documents).boxed().toArray(Long[]::new),
                IntStream.range(0, documents).mapToObj(document -> "").toArray(String[]::new));
    }

    private Tuple planned() {
        return Tuple.from(new Object[] {
            big,
            3,
            new String[] {"new"},
            new UUID[1],
            new Long[] {10L},
            new String[] {"r"},
            new String[1],
            new String[1],
            new String[1],
            new String[1],
            new String[1]
        });
    }
}
