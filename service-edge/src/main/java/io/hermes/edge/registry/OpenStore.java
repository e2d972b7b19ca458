package io.hermes.edge.registry;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.storage.DocumentStore;

/**
 * An opened store and the settings it was opened with.
 *
 * @param provider the settings
 * @param store shared by everybody who asked for it: whoever gets it must not close it
 */
public record OpenStore(ResolvedProvider provider, DocumentStore store) {

    /** The same store, of which less is allowed than when it was opened. */
    OpenStore restrictedTo(ProviderStatus status) {
        ResolvedProvider less = new ResolvedProvider(
                provider.id(),
                provider.providerUuid(),
                provider.providerName(),
                provider.providerType(),
                provider.version(),
                status,
                provider.writable(),
                provider.config(),
                provider.secrets(),
                provider.capabilities(),
                provider.limited());
        return new OpenStore(less, store);
    }
}
