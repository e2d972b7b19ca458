package io.hermes.orchestrator.state;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a transaction means to the world outside the database, kept back until it is committed. Of one that is rolled back, or whose
 * commit is never confirmed, nothing is told.
 */
@ApplicationScoped
class AfterCommit {

    private final Map<SqlConnection, List<Runnable>> promised = Collections.synchronizedMap(new IdentityHashMap<>());

    /** Runs this when the transaction is committed; at once forgotten if it is not one of {@link Transactions}. */
    void run(SqlConnection tx, Runnable effect) {
        promised.computeIfPresent(tx, (same, effects) -> {
            effects.add(effect);
            return effects;
        });
    }

    /** Runs the work in one transaction, then what it has promised. */
    <T> Uni<T> committing(Pool pool, Function<SqlConnection, Uni<T>> work) {
        List<Runnable> effects = new ArrayList<>();
        return pool.withTransaction(tx -> {
                    promised.put(tx, effects);
                    return work.apply(tx).onTermination().invoke(() -> promised.remove(tx));
                })
                .invoke(() -> effects.forEach(Runnable::run));
    }
}
