package io.hermes.edge.registry;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * The stores of the registered providers, opened once per version of their settings.
 *
 * <p>While the registry is away, what is open goes on being served.
 */
@ApplicationScoped
public class Stores {

    /**
     * The provider's store.
     *
     * @return fails {@link ProviderUnknown}, {@link RegistryUnavailable} if it was never opened here, or
     *     {@link io.hermes.storage.StorageException} if the settings make no sense
     */
    public Uni<OpenStore> open(UUID provider) {
        return Uni.createFrom().failure(new RegistryUnavailable("not yet", null));
    }

    /** Drops what is open: the next {@link #open} asks the registry. The dropped store is closed after the grace time. */
    public void forget(UUID provider) {}
}
