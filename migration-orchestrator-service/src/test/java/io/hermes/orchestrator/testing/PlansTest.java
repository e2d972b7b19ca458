package io.hermes.orchestrator.testing;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;

/** How PostgreSQL carries a statement out where a job has very many documents, of which nearly all have ended. */
public abstract class PlansTest extends EngineTest {

    private static final int DOCUMENTS = 20_000;

    protected long small;
    protected long big;

    private final SoftAssertions softly = new SoftAssertions();

    @BeforeEach
    void jobs() {
        small = job(100);
        job(DOCUMENTS);
        big = job(DOCUMENTS);
        update("ANALYZE migration_items");
    }

    /** Demands that the statement reads items by this index, with these parameters and for all there may be. */
    protected final void reads(String index, String statement, Tuple parameters) {
        softly.assertThat(plan(statement, parameters))
                .as(statement)
                .contains(index)
                .doesNotContain("Seq Scan on migration_items");
        softly.assertThat(genericPlan(statement))
                .as("for any parameters: " + statement)
                .contains(index)
                .doesNotContain("Seq Scan on migration_items");
    }

    protected final void assertAll() {
        softly.assertAll();
    }

    protected final String plan(String statement, Tuple parameters) {
        return inTransaction(tx -> tx.preparedQuery("EXPLAIN " + statement)
                .execute(parameters)
                .map(rows -> rows.stream().map(row -> row.getString(0)).collect(Collectors.joining("\n"))));
    }

    /** PostgreSQL's own choice after a statement was prepared and used a few times. */
    private String genericPlan(String statement) {
        return inTransaction(tx -> tx.query("EXPLAIN (GENERIC_PLAN) " + statement)
                .execute()
                .map(rows -> rows.stream().map(row -> row.getString(0)).collect(Collectors.joining("\n"))));
    }

    /** Of a hundred documents ninety-five have ended; the others are ready, wait for a time, are queued, in progress and failed. */
    private long job(int documents) {
        long job = plannedJob(0, "");
        update(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, dest_provider_id, size_bytes, status, reason,"
                        + " lease_until, next_attempt_at, completed_at, error_code, source_content_hash, dest_content_hash, content_match)"
                        + " SELECT ?, 'doc-' || n, CASE WHEN n % 100 > 4 THEN 'doc-' || n END, 10,"
                        + " CASE WHEN n % 100 IN (0, 1, 2) THEN 'pending' WHEN n % 100 = 3 THEN 'in_progress'"
                        + " WHEN n % 100 = 4 THEN 'failed' ELSE 'completed' END,"
                        + " CASE n % 100 WHEN 1 THEN 'retry' WHEN 2 THEN 'queued' END,"
                        + " CASE WHEN n % 100 IN (2, 3) THEN now() + interval '1 minute' END,"
                        + " CASE WHEN n % 100 = 1 THEN now() + interval '1 minute' END,"
                        + " CASE WHEN n % 100 > 3 THEN now() END, CASE WHEN n % 100 = 4 THEN 'TIMEOUT' END,"
                        + " repeat('0', 64), repeat('0', 64), true FROM generate_series(1, ?) n",
                job, documents);
        return job;
    }
}
