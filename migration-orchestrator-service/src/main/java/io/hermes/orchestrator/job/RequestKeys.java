package io.hermes.orchestrator.job;

import io.hermes.edge.problem.ApiProblem;
import io.hermes.orchestrator.state.MigrationSettings;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Which jobs were made by requests with an {@code Idempotency-Key}. A key is written in the transaction that writes its job, so two
 * requests with one key make one job whatever happens to either: the second finds the key, or cannot write it and finds it then.
 */
@ApplicationScoped
class RequestKeys {

    private static final String FIND = """
            SELECT job_id, fingerprint FROM migration_request_keys
             WHERE created_by = $1 AND request_key = $2 AND expires_at > now()
            """;

    /** A key whose time is over may be used again before the sweep has come by. */
    private static final String WRITE = """
            INSERT INTO migration_request_keys (created_by, request_key, fingerprint, job_id, expires_at)
            VALUES (:user, :key, :fingerprint, :job, now() + :seconds * interval '1 second')
            ON CONFLICT (created_by, request_key) DO UPDATE
               SET fingerprint = excluded.fingerprint, job_id = excluded.job_id, expires_at = excluded.expires_at
             WHERE migration_request_keys.expires_at <= now()
            """;

    private static final String SWEEP = """
            DELETE FROM migration_request_keys
             WHERE ctid = ANY(ARRAY(SELECT ctid FROM migration_request_keys WHERE expires_at <= now() LIMIT 5000))
            """;

    private final Pool pool;
    private final MigrationSettings settings;

    RequestKeys(@ReactiveDataSource("flow") Pool pool, MigrationSettings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    /** Another request with the same key was faster. */
    static final class Taken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The job that this key has made; fails with 422 {@code IDEMPOTENCY_KEY_REUSED} if it had asked for something else. */
    Uni<Optional<Long>> find(RequestKey key) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(key.createdBy(), key.text()))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(sameRequest(key, rows.iterator().next())));
    }

    private static long sameRequest(RequestKey key, Row row) {
        if (!Arrays.equals(row.getBuffer("fingerprint").getBytes(), key.fingerprint())) {
            throw ApiProblem.of(
                    422,
                    "IDEMPOTENCY_KEY_REUSED",
                    "The key belongs to another request",
                    "This Idempotency-Key came with another body before. Use a new key for a new request, and the same one only to repeat a request as it was.");
        }
        return row.getLong("job_id");
    }

    /** Writes the key with its job, in the caller's transaction; fails with {@link Taken} if another request has written it. */
    Uni<Void> write(Mutiny.Session session, RequestKey key, long job) {
        return session.createNativeQuery(WRITE)
                .setParameter("user", key.createdBy())
                .setParameter("key", key.text())
                .setParameter("fingerprint", key.fingerprint())
                .setParameter("job", job)
                .setParameter("seconds", settings.idempotencyKeyRetention().toSeconds())
                .executeUpdate()
                .invoke(written -> {
                    if (written == 0) {
                        throw new Taken();
                    }
                })
                .replaceWithVoid();
    }

    @Scheduled(
            identity = "expire-request-keys",
            every = "10m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        return pool.query(SWEEP).execute().replaceWithVoid();
    }
}
