package io.hermes.orchestrator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.registry.Stores;
import io.hermes.edge.testing.KafkaBroker;
import io.hermes.edge.testing.PostgresServer;
import io.hermes.edge.testing.RegistryStandIn;
import io.hermes.orchestrator.job.Lifecycle;
import io.hermes.orchestrator.job.Transition;
import io.hermes.orchestrator.state.JobLocks;
import io.hermes.orchestrator.state.Transactions;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.Precondition;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.testing.FaultProxy;
import io.quarkus.test.common.QuarkusTestResource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

/** The engine on a real database and broker. Every job of a test ends with it, so that no test dispatches another one's items. */
@QuarkusTestResource(PostgresServer.class)
@QuarkusTestResource(KafkaBroker.class)
@QuarkusTestResource(RegistryStandIn.class)
public abstract class EngineTest {

    /** Who acts in these tests. */
    protected static final String USER = "alice";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> DELETION = List.of(
            "SELECT FROM migration_job_progress WHERE job_id = ? FOR UPDATE",
            "DELETE FROM migration_items WHERE migration_job_id = ?",
            "DELETE FROM migration_jobs WHERE id = ?");

    @Inject
    protected DataSource database;

    @Inject
    protected Lifecycle lifecycle;

    @Inject
    protected Transactions transactions;

    @Inject
    protected JobLocks locks;

    @Inject
    protected Stores stores;

    private final List<Long> jobs = new ArrayList<>();

    @AfterEach
    void endJobs() {
        for (long job : jobs) {
            update("DELETE FROM migration_outbox WHERE migration_job_id = ?", job);
            delete(job);
        }
        update("DELETE FROM provider_holds");
    }

    /** The engine may be at work on it still, so locks are taken in its order: the progress row before all others. */
    private void delete(long job) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            for (String step : DELETION) {
                try (PreparedStatement statement = prepared(connection, step, job)) {
                    boolean unused = statement.execute();
                }
            }
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** A source in memory, known to the registry. */
    protected ResolvedProvider memoryProvider(String name) {
        return memoryProvider(name, Map.of());
    }

    /** A store in memory with these settings, known to the registry. */
    protected ResolvedProvider memoryProvider(String name, Map<String, String> config) {
        UUID uuid = UUID.randomUUID();
        ResolvedProvider provider = new ResolvedProvider(
                Math.abs(uuid.getLeastSignificantBits() % 1_000_000) + 1000,
                uuid,
                name + "-" + uuid,
                "memory",
                1,
                ProviderStatus.ACTIVE,
                true,
                config,
                Map.of(),
                null,
                false);
        RegistryStandIn.put(provider);
        return provider;
    }

    /** A bucket on a server that is nothing but what the proxy answers, asked once for everything; known to the registry. */
    protected static UUID bucketOf(FaultProxy server, String secretKey) {
        UUID uuid = UUID.randomUUID();
        RegistryStandIn.put(new ResolvedProvider(
                902,
                uuid,
                "bucket-" + uuid,
                "s3",
                1,
                ProviderStatus.ACTIVE,
                true,
                Map.of(
                        "endpoint", server.endpoint(),
                        "region", "us-east-1",
                        "bucket", "documents",
                        "path_style", "true",
                        "retry_max_attempts", "1"),
                Map.of("access_key", "id", "secret_key", secretKey),
                null,
                false));
        return uuid;
    }

    protected DocumentStore store(ResolvedProvider provider) {
        return done(stores.open(provider.providerUuid())).store();
    }

    protected void put(ResolvedProvider provider, String key, String text) {
        put(provider, key, text, DocumentMetadata.NONE);
    }

    protected void put(ResolvedProvider provider, String key, String text, DocumentMetadata metadata) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        done(store(provider)
                .write(new WriteRequest(
                        new DocumentKey(key),
                        new DocumentContent.Whole(bytes),
                        Optional.empty(),
                        metadata,
                        Optional.empty(),
                        Precondition.none())));
    }

    /** A pending job with its progress row, as the API creates it, but that nobody looks at its destination when it is through. */
    protected long job(UUID source, UUID destination, String more) {
        long id = insert(
                "INSERT INTO migration_jobs (job_uuid, job_name, source_provider_uuid, source_provider_id, source_provider_name,"
                        + " dest_provider_uuid, dest_provider_id, dest_provider_name, concurrency, created_by, validate_after_migration)"
                        + " VALUES (gen_random_uuid(), 'test', ?, 1, 'source', ?, 2, 'destination', 32, 'test', false) RETURNING id",
                source,
                destination);
        update("INSERT INTO migration_job_progress (job_id) VALUES (?)", id);
        if (!more.isEmpty()) {
            update("UPDATE migration_jobs SET " + more + " WHERE id = ?", id);
        }
        jobs.add(id);
        return id;
    }

    /** A running job whose plan is complete, with so many ready items of ten bytes each. */
    protected long plannedJob(int items, String more) {
        long job = job(UUID.randomUUID(), UUID.randomUUID(), more);
        update(
                "INSERT INTO migration_items (migration_job_id, source_provider_id, size_bytes, source_revision)"
                        + " SELECT ?, 'doc-' || n, 10, 'r' || n FROM generate_series(1, ?) n",
                job,
                items);
        update(
                "UPDATE migration_job_progress SET phase = 'transferring', planning_done = true, scanned = ?, waiting = ?,"
                        + " scanned_bytes = ?, open_bytes = ? WHERE job_id = ?",
                items,
                items,
                items * 10,
                items * 10,
                job);
        update("UPDATE migration_jobs SET status = 'running', started_at = now() WHERE id = ?", job);
        return job;
    }

    protected Transition start(long job) {
        return done(lifecycle.start(job, USER));
    }

    protected Transition cancel(long job) {
        return done(lifecycle.cancel(job, USER));
    }

    protected <T> T inTransaction(Function<SqlConnection, Uni<T>> work) {
        return done(transactions.run(work));
    }

    /**
     * Does the work in a transaction that began earlier, as those do that had to wait for a lock.
     *
     * @return the database's clock behind the beginning of the transaction and before the work
     */
    protected String inOlderTransaction(Function<SqlConnection, Uni<?>> work) {
        return inTransaction(tx -> tx.query("SELECT now()")
                .execute()
                .chain(() -> tx.query("SELECT clock_timestamp()::text").execute())
                .map(rows -> rows.iterator().next().getString(0))
                .call(() -> work.apply(tx)));
    }

    /**
     * A time of a row is at least an hour behind that one.
     *
     * @param time a query for it, with the row's key as its parameter
     */
    protected void assertAnHourBehind(String from, String time, Object key) {
        assertThat(text("SELECT (" + time + ") - ?::timestamptz >= interval '1 hour'", key, from))
                .isEqualTo("t");
    }

    protected static <T> T done(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    protected boolean planned(long job) {
        return "t".equals(text("SELECT planning_done FROM migration_job_progress WHERE job_id = ?", job));
    }

    protected String status(long job) {
        return text("SELECT status FROM migration_jobs WHERE id = ?", job);
    }

    /** Counters of the progress row as one line, in the order scanned, waiting, queued, in progress, migrated, failed, skipped. */
    protected String counters(long job) {
        return text(
                "SELECT concat_ws(' ', scanned, waiting, queued, in_progress, migrated, failed, skipped)"
                        + " FROM migration_job_progress WHERE job_id = ?",
                job);
    }

    /** The same line, counted from the items. */
    protected String counted(long job) {
        return text(
                "SELECT concat_ws(' ', count(*), count(*) FILTER (WHERE status = 'pending' AND reason IS DISTINCT FROM 'queued'),"
                        + " count(*) FILTER (WHERE status = 'pending' AND reason = 'queued'),"
                        + " count(*) FILTER (WHERE status = 'in_progress'), count(*) FILTER (WHERE status = 'completed'),"
                        + " count(*) FILTER (WHERE status = 'failed'), count(*) FILTER (WHERE status = 'skipped'))"
                        + " FROM migration_items WHERE migration_job_id = ?",
                job);
    }

    protected Optional<String> one(String sql, Object... values) {
        return Optional.ofNullable(text(sql, values));
    }

    protected String text(String sql, Object... values) {
        List<String> rows = texts(sql, values);
        return rows.isEmpty() ? null : rows.getFirst();
    }

    protected long number(String sql, Object... values) {
        return Long.parseLong(text(sql, values));
    }

    /** The first column of every row. */
    protected List<String> texts(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepared(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    protected int update(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private long insert(String sql, Object... values) {
        return number(sql, values);
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
