package io.hermes.orchestrator.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.edge.testing.RegistryStandIn;
import io.hermes.orchestrator.purge.Purge.Step;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.testing.EngineTest;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that ended fifty days ago, under a policy of forty. The schedule is off in tests. */
@QuarkusTest
class PurgeTest extends EngineTest {

    private static final Duration POLICY = Duration.ofDays(40);
    private static final int ITEMS = 2 * PurgedRows.BATCH + 7;
    private static final String OVER =
            "status = 'completed', outcome = 'partial', started_at = now() - interval '51 days',"
                    + " completed_at = now() - interval '50 days', claims_released_at = now() - interval '50 days'";

    @Inject
    Purge purge;

    @Inject
    MeterRegistry meters;

    @BeforeEach
    void nothingElseIsDue() {
        done(purge.sweep(POLICY));
    }

    /** With rows in every table that knows of jobs. */
    private long job(int items, String state) {
        long job = job(UUID.randomUUID(), UUID.randomUUID(), state);
        update(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, status, error_code, completed_at)"
                        + " SELECT ?, 'doc-' || n, 'failed', 'TIMEOUT', now() FROM generate_series(1, ?) n",
                job,
                items);
        update(
                "INSERT INTO migration_attempts (migration_job_id, migration_item_id, epoch, attempt, outcome)"
                        + " SELECT migration_job_id, id, 1, 1, 'failed' FROM migration_items WHERE migration_job_id = ? LIMIT 3",
                job);
        update(
                "INSERT INTO migration_timeline (migration_job_id, kind, sentence) VALUES (?, 'ended', 'It ended.')",
                job);
        update(
                "INSERT INTO migration_request_keys (created_by, request_key, fingerprint, job_id, expires_at)"
                        + " VALUES ('purge', ?, '\\x00', ?, now() + interval '1 day')",
                "key-" + job,
                job);
        update(
                "INSERT INTO document_copies (source_provider_uuid, source_key, source_revision, dest_provider_uuid, dest_key, dest_revision,"
                        + " sha256, size_bytes, job_id, last_seen_pass)"
                        + " VALUES (gen_random_uuid(), 'a', 'r', gen_random_uuid(), 'a', 'r', repeat('0', 64), 1, ?, ?)",
                job,
                job);
        return job;
    }

    private long items(long job) {
        return number("SELECT count(*) FROM migration_items WHERE migration_job_id = ?", job);
    }

    private boolean exists(long job) {
        return number("SELECT count(*) FROM migration_jobs WHERE id = ?", job) == 1;
    }

    /** Rows of the job in all tables but that of the copies. */
    private long rows(long job) {
        return number(
                "SELECT (SELECT count(*) FROM migration_jobs WHERE id = ?) + (SELECT count(*) FROM migration_job_progress WHERE job_id = ?)"
                        + " + (SELECT count(*) FROM migration_items WHERE migration_job_id = ?)"
                        + " + (SELECT count(*) FROM migration_attempts WHERE migration_job_id = ?)"
                        + " + (SELECT count(*) FROM migration_timeline WHERE migration_job_id = ?)"
                        + " + (SELECT count(*) FROM migration_request_keys WHERE job_id = ?)",
                job,
                job,
                job,
                job,
                job,
                job);
    }

    @Test
    void whatBelongsToAnOldJobGoesAndItsCopiesStay() {
        long old = job(ITEMS, OVER);
        long young = job(5, OVER.replace("50 days", "39 days"));
        double before = meters.get("hermes.migration.purged.jobs").counter().count();

        done(purge.sweep(POLICY));

        assertThat(rows(old)).isZero();
        assertThat(number("SELECT count(*) FROM document_copies WHERE job_id = ?", old))
                .isOne();
        assertThat(items(young)).isEqualTo(5);
        assertThat(rows(young)).isEqualTo(1 + 1 + 5 + 3 + 1 + 1);
        assertThat(meters.get("hermes.migration.purged.jobs").counter().count() - before)
                .isEqualTo(1);
    }

    @Test
    void noTransactionDeletesMoreThanABatch() {
        long job = job(ITEMS, OVER);
        List<Long> left = new ArrayList<>();
        Step step;
        do {
            step = done(purge.step(POLICY));
            left.add(items(job));
        } while (!(step instanceof Step.Gone));

        assertThat(left).startsWith((long) ITEMS).endsWith(0L).hasSizeGreaterThan(4);
        for (int i = 1; i < left.size(); i++) {
            assertThat(left.get(i - 1) - left.get(i)).isBetween(0L, (long) PurgedRows.BATCH);
        }
        assertThat(done(purge.step(POLICY))).isEqualTo(new Step.Idle());
    }

    /** While the registry is away nobody can give the claims back. */
    @Test
    void aJobThatIsNotOverOrStillHasClaimsStays() {
        RegistryStandIn.down(true);
        try {
            long running = job(1, "status = 'paused', started_at = now() - interval '100 days', paused_at = now()");
            long claimed = job(
                    1, OVER.replace("claims_released_at = now() - interval '50 days'", "claims_released_at = NULL"));

            Step step = done(purge.step(POLICY));

            assertThat(step).isEqualTo(new Step.Idle());
            assertThat(exists(running)).isTrue();
            assertThat(exists(claimed)).isTrue();
        } finally {
            RegistryStandIn.down(false);
        }
    }

    @Test
    void zeroKeepsEverything() {
        long job = job(1, OVER);

        done(purge.sweep(Duration.ZERO));

        assertThat(rows(job)).isEqualTo(6);
    }

    @Test
    void aJobThatIsRunAgainBeforeItsTurnStays() {
        long job = job(1, OVER);
        update(
                "UPDATE migration_jobs SET status = 'paused', completed_at = NULL, outcome = NULL, paused_at = now() WHERE id = ?",
                job);

        done(purge.sweep(POLICY));

        assertThat(rows(job)).isEqualTo(6);
    }

    @Test
    void aPurgeThatBrokeOffGoesOnAndTheJobTakesNoOrders() {
        long job = job(3, OVER);
        assertThat(done(purge.step(POLICY))).isEqualTo(new Step.Begun(job));

        Optional<LockedJob> seen = inTransaction(tx -> locks.lock(tx, job));

        assertThat(seen).isEmpty();

        done(purge.sweep(Duration.ofDays(10_000)));
        assertThat(rows(job))
                .as("begun is begun, whatever the policy is by now")
                .isZero();
    }

    @Test
    void replicasTakeTurns() throws SQLException {
        long job = job(1, OVER);
        try (Connection other = database.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + PurgedRows.TURN + ")");

            assertThat(done(purge.step(POLICY))).isEqualTo(new Step.Idle());
            assertThat(rows(job)).isEqualTo(6);

            other.rollback();
        }

        assertThat(done(purge.step(POLICY))).isEqualTo(new Step.Begun(job));
    }
}
