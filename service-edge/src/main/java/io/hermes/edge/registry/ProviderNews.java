package io.hermes.edge.registry;

import io.hermes.contract.provider.ProviderStatus;

/** What was told of a provider on {@code hermes.provider-events}. */
sealed interface ProviderNews {

    /**
     * It is at another version.
     *
     * @param version the newest that was told
     * @param status what it may be used for since
     */
    record Changed(long version, ProviderStatus status) implements ProviderNews {}

    /** It is gone. */
    record Deleted() implements ProviderNews {}
}
