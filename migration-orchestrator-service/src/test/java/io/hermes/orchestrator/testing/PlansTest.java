package io.hermes.orchestrator.testing;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** How PostgreSQL carries a statement out where a job has very many documents, of which nearly all have ended. */
@Tag("scale")
public abstract class PlansTest extends EngineTest {

    private static final Logger LOG = Logger.getLogger(PlansTest.class);
    private static final int USUALLY = 20_000;
    private static final int DOCUMENTS = ManyItems.documents(USUALLY);

    /** The other job need not be as big: it is there so that the table holds what no statement about the first one may read. */
    private static final int OTHERS = Math.min(DOCUMENTS, 1_000_000);

    /** Of a job that the statistics do not know: many more than a statement may read, and few enough not to bloat the indexes of other tests. */
    private static final int LATER = 2_000;

    /** What is queued or in progress, or waits for its time, is never more than the windows of the jobs. */
    private static final int WINDOW = 100_000;

    /** An index's levels and the row, twice as many as there are in a table of ten million. */
    private static final int BLOCKS_OF_A_ROW = 10;

    private static final int BLOCKS_OF_A_STATEMENT = 100;

    protected long small;
    protected long big;

    private final SoftAssertions softly = new SoftAssertions();

    @BeforeEach
    void jobs() {
        long began = System.nanoTime();
        ManyItems.fill(database, DOCUMENTS, () -> {
            small = job(100);
            job(OTHERS);
            big = job(DOCUMENTS);
        });
        LOG.infof(
                "%d documents in %d ms; %s with indexes",
                DOCUMENTS + OTHERS,
                (System.nanoTime() - began) / 1_000_000,
                text("SELECT pg_size_pretty(pg_total_relation_size('migration_items'))"));
    }

    /**
     * What a statement took of the items.
     *
     * @param rows looked at, whether they were wanted or not
     * @param blocks of the table and its indexes
     */
    private record Touched(double rows, long blocks) {

        private static Touched by(JsonObject scan) {
            double each = number(scan, "Actual Rows")
                    + number(scan, "Rows Removed by Filter")
                    + number(scan, "Rows Removed by Index Recheck");
            return new Touched(each * number(scan, "Actual Loops"), (long)
                    (number(scan, "Shared Hit Blocks") + number(scan, "Shared Read Blocks")));
        }

        private static double number(JsonObject node, String key) {
            return node.getNumber(key, 0).doubleValue();
        }

        private Touched and(Touched other) {
            return new Touched(rows + other.rows, blocks + other.blocks);
        }
    }

    /**
     * Demands that the statement reads items by this index, with these parameters and for all there may be, and no more of them than this,
     * however many there are.
     */
    protected final void reads(String index, int most, String statement, Tuple parameters) {
        softly.assertThat(plan(statement, parameters))
                .as(statement)
                .contains(index)
                .doesNotContain("Seq Scan on migration_items");
        softly.assertThat(genericPlan(statement))
                .as("for any parameters: " + statement)
                .contains(index)
                .doesNotContain("Seq Scan on migration_items");
        Touched touched = touched(statement, parameters);
        LOG.infof(
                "%,.0f rows, %,d blocks: %s",
                touched.rows(), touched.blocks(), statement.lines().findFirst().orElseThrow());
        softly.assertThat(touched.rows()).as("rows of: " + statement).isLessThanOrEqualTo(most);
        softly.assertThat(touched.blocks())
                .as("blocks of: " + statement)
                .isLessThanOrEqualTo(BLOCKS_OF_A_STATEMENT + (long) BLOCKS_OF_A_ROW * most);
    }

    /** How many items the statement looks at. */
    protected final double rows(String statement, Tuple parameters) {
        return touched(statement, parameters).rows();
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

    /** Carries the statement out, and takes it back. */
    private Touched touched(String statement, Tuple parameters) {
        return inTransaction(tx -> tx.query("SAVEPOINT before")
                .execute()
                .chain(() -> tx.preparedQuery("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + statement)
                        .execute(parameters))
                .map(rows ->
                        rows.iterator().next().getJsonArray(0).getJsonObject(0).getJsonObject("Plan"))
                .map(PlansTest::touched)
                .call(() -> rollBack(tx)));
    }

    private static Uni<?> rollBack(SqlConnection tx) {
        return tx.query("ROLLBACK TO SAVEPOINT before").execute();
    }

    private static Touched touched(JsonObject node) {
        boolean scansItems = "migration_items".equals(node.getString("Relation Name"))
                && node.getString("Node Type").endsWith("Scan");
        return node.getJsonArray("Plans", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(PlansTest::touched)
                .reduce(scansItems ? Touched.by(node) : new Touched(0, 0), Touched::and);
    }

    /**
     * A job whose documents were planned after the statistics were taken: to the planner it has next to none, so that every index which
     * begins with the job looks like the way to one row.
     */
    protected final long jobUnknownToTheStatistics() {
        long job = plannedJob(0, "");
        update(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, size_bytes, status)"
                        + " SELECT ?, 'doc-' || n, 10, 'pending' FROM generate_series(1, ?) n",
                job,
                LATER);
        return job;
    }

    /**
     * Of a hundred documents ninety-five have ended, and one has failed. The others are ready, and while there are no more than a window
     * holds, wait for a time, are queued, and in progress: of the first of them the time has come, or the lease lapsed.
     */
    private long job(int documents) {
        long job = plannedJob(0, "");
        update(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, dest_provider_id, size_bytes, status, reason,"
                        + " lease_until, next_attempt_at, completed_at, error_code, source_content_hash, dest_content_hash, content_match)"
                        + " SELECT ?, 'doc-' || n, CASE WHEN kind > 4 THEN 'doc-' || n END, 10,"
                        + " CASE WHEN kind IN (0, 1, 2) THEN 'pending' WHEN kind = 3 THEN 'in_progress'"
                        + " WHEN kind = 4 THEN 'failed' ELSE 'completed' END,"
                        + " CASE kind WHEN 1 THEN 'retry' WHEN 2 THEN 'queued' END,"
                        + " CASE WHEN kind IN (2, 3) THEN soon END,"
                        + " CASE WHEN kind = 1 THEN soon END,"
                        + " CASE WHEN kind > 3 THEN now() END, CASE WHEN kind = 4 THEN 'TIMEOUT' END,"
                        + " repeat('0', 64), repeat('0', 64), true FROM generate_series(1, ?) n"
                        + " CROSS JOIN LATERAL (SELECT CASE WHEN n % 100 IN (1, 2, 3) AND n > " + WINDOW
                        + " THEN 99 ELSE n % 100 END AS kind,"
                        + " now() + CASE WHEN n <= 1000 THEN interval '-1 minute' ELSE interval '1 day' END AS soon) AS fate",
                job,
                documents);
        count(job);
        return job;
    }

    /** Who looks at the errors of a job looks first whether it has any. */
    private void count(long job) {
        update(
                "UPDATE migration_job_progress SET scanned = n, waiting = ready, queued = sent, in_progress = begun, migrated = ended,"
                        + " failed = lost, scanned_bytes = 10 * n, open_bytes = 10 * (ready + sent + begun), migrated_bytes = 10 * ended,"
                        + " failed_bytes = 10 * lost"
                        + " FROM (SELECT count(*) AS n,"
                        + " count(*) FILTER (WHERE status = 'pending' AND reason IS DISTINCT FROM 'queued') AS ready,"
                        + " count(*) FILTER (WHERE status = 'pending' AND reason = 'queued') AS sent,"
                        + " count(*) FILTER (WHERE status = 'in_progress') AS begun,"
                        + " count(*) FILTER (WHERE status = 'completed') AS ended,"
                        + " count(*) FILTER (WHERE status = 'failed') AS lost"
                        + " FROM migration_items WHERE migration_job_id = ?) AS items WHERE job_id = ?",
                job,
                job);
    }
}
