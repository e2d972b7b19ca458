package io.hermes.registry.outbox;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Notes what the other services have to be told, within the caller's transaction: both are committed, or neither. The caller holds the lock of
 * the provider's row, so that the notes of one provider are numbered in the order of its changes.
 */
@ApplicationScoped
public class ProviderOutbox {

    private static final String APPEND = """
            INSERT INTO provider_outbox (provider_uuid, provider_name, provider_version, status, health_status, deleted)
            SELECT provider_uuid, provider_name, version, status, health_status, cast(%s AS boolean)
              FROM provider_storage WHERE id = %s
            """;

    private static final String APPEND_IN_SESSION = APPEND.formatted(":deleted", ":id");
    private static final String APPEND_CHANGE = APPEND.formatted("false", "$1");

    /** The provider is new or has changed: to be called when the row is written, since it is told as it stands there. */
    public Uni<Void> changed(long provider) {
        return append(provider, false);
    }

    /** The same of a change that is made without the session, such as that of a store's health. */
    public Uni<Void> changed(SqlConnection tx, long provider) {
        return tx.preparedQuery(APPEND_CHANGE)
                .execute(Tuple.of(provider))
                .invoke(written -> requireOne(written.rowCount(), provider))
                .replaceWithVoid();
    }

    /** The provider is about to be deleted: to be called while its row is still there. */
    public Uni<Void> deleted(long provider) {
        return append(provider, true);
    }

    private static Uni<Void> append(long provider, boolean deleted) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(APPEND_IN_SESSION)
                        .setParameter("id", provider)
                        .setParameter("deleted", deleted)
                        .executeUpdate())
                .invoke(written -> requireOne(written, provider))
                .replaceWithVoid();
    }

    private static void requireOne(int written, long provider) {
        if (written != 1) {
            throw new IllegalStateException("there is no provider " + provider + " to tell about");
        }
    }
}
