package io.hermes.orchestrator.outbox;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Wakes the relay when another replica has dispatched: LISTEN on a connection of its own, taken anew whenever it breaks. */
@ApplicationScoped
class OutboxListener {

    private static final Logger LOG = Logger.getLogger(OutboxListener.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Pool pool;
    private final Relay relay;
    private final OutboxRows rows;
    private final Vertx vertx;

    OutboxListener(@ReactiveDataSource("flow") Pool pool, Relay relay, OutboxRows rows, Vertx vertx) {
        this.pool = pool;
        this.relay = relay;
        this.rows = rows;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent started) {
        listen();
    }

    private void listen() {
        pool.getConnection()
                .chain(connection -> listen(connection))
                .subscribe()
                .with(ready -> relay.signal(), failure -> {
                    LOG.debugf("outbox listener: %s", failure);
                    listenLater();
                });
    }

    private Uni<Void> listen(SqlConnection connection) {
        PgConnection postgres = PgConnection.cast(connection.getDelegate());
        postgres.notificationHandler(notification -> {
            if (!rows.isOwn(notification.getPayload())) {
                relay.signal();
            }
        });
        postgres.closeHandler(closed -> listenLater());
        return connection.query("LISTEN " + OutboxRows.CHANNEL).execute().replaceWithVoid();
    }

    private void listenLater() {
        vertx.setTimer(PAUSE.toMillis(), timer -> listen());
    }
}
