package io.hermes.registry.outbox;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Notes what the other services have to be told, within the caller's transaction: both are committed, or neither. */
@ApplicationScoped
public class ProviderOutbox {

    private static final String APPEND = """
            INSERT INTO provider_outbox (provider_uuid, provider_name, provider_version, status, deleted)
            SELECT provider_uuid, provider_name, version, status, cast(:deleted AS boolean)
              FROM provider_storage WHERE id = :id
            """;

    /** The provider is new or has changed: to be called when the row is written, since it is told as it stands there. */
    public Uni<Void> changed(long provider) {
        return append(provider, false);
    }

    /** The provider is about to be deleted: to be called while its row is still there. */
    public Uni<Void> deleted(long provider) {
        return append(provider, true);
    }

    private static Uni<Void> append(long provider, boolean deleted) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(APPEND)
                        .setParameter("id", provider)
                        .setParameter("deleted", deleted)
                        .executeUpdate())
                .invoke(written -> {
                    if (written != 1) {
                        throw new IllegalStateException("there is no provider " + provider + " to tell about");
                    }
                })
                .replaceWithVoid();
    }
}
