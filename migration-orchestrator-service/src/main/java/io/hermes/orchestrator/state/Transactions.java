package io.hermes.orchestrator.state;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/**
 * Transactions on the plain SQL path (datasource {@code flow}).
 *
 * <p>The work is repeated when the database asks for it (serialization, deadlock, shutdown) or the connection is lost, also when it
 * is unknown whether the commit arrived. So the work consists of conditional statements that may run twice, and of nothing that
 * leaves the database.
 */
@ApplicationScoped
public class Transactions {

    private static final int ATTEMPTS = 6;
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "40", "53", "57", "58");
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final int CLASS_LENGTH = 2;

    private final Pool pool;
    private final AfterCommit afterCommit;

    Transactions(@ReactiveDataSource("flow") Pool pool, AfterCommit afterCommit) {
        this.pool = pool;
        this.afterCommit = afterCommit;
    }

    /** Runs the work in one transaction; repeats it a few times, over some seconds, while the failure is transient. */
    public <T> Uni<T> run(Function<SqlConnection, Uni<T>> work) {
        return once(work)
                .onFailure(Transactions::isTransient)
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .withJitter(0.5)
                .atMost(ATTEMPTS);
    }

    /** Runs the work in one transaction, once. For work that must not be repeated, such as sending what the rows say. */
    public <T> Uni<T> once(Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> afterCommit.committing(pool, work));
    }

    /** Whether the same transaction may succeed later: the database is away, overloaded, or broke a tie against us. */
    public static boolean isTransient(Throwable failure) {
        if (failure instanceof PgException database) {
            String state = database.getSqlState();
            return state == null
                    || state.length() < CLASS_LENGTH
                    || TRANSIENT_CLASSES.contains(state.substring(0, CLASS_LENGTH))
                    || state.equals(LOCK_NOT_AVAILABLE);
        }
        return isConnectionTrouble(failure);
    }

    /**
     * Everything the driver and the pool say without an SQL state: closed, refused, reset, no connection in time. Causes do not
     * matter, but for a repetition that was given up: a store's error is often caused by an {@code IOException} of its own.
     */
    private static boolean isConnectionTrouble(Throwable failure) {
        return failure instanceof java.io.IOException
                || failure instanceof java.util.concurrent.TimeoutException
                || failure instanceof io.vertx.core.VertxException
                || failure instanceof io.vertx.core.impl.NoStackTraceThrowable
                || (failure instanceof IllegalStateException givenUp
                        && givenUp.getCause() != null
                        && isTransient(givenUp.getCause()));
    }
}
