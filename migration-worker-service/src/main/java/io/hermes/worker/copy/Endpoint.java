package io.hermes.worker.copy;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.edge.registry.OpenStore;
import io.hermes.storage.Capabilities;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;

/** An opened store with its role. Its failures know the role too. */
record Endpoint(Side side, OpenStore opened) {

    DocumentStore store() {
        return opened.store();
    }

    Capabilities capabilities() {
        return opened.store().capabilities();
    }

    /**
     * Lets a copy begin.
     *
     * @throws StoreFailure an outage while the provider is readonly: an operator's order, which documents wait out. One that is not
     *     writable at all refuses the write itself
     */
    void requireNotReadonly() {
        if (opened.provider().status() == ProviderStatus.READONLY) {
            throw StoreFailure.opening(
                    side,
                    new StorageException(
                            ErrorKind.UNAVAILABLE,
                            "write",
                            opened.provider().providerName(),
                            "the provider is readonly; what waits for it goes on when it is active again"));
        }
    }

    /** Marks failures as this store's. */
    <T> Uni<T> calling(Uni<T> call) {
        return call.onFailure().transform(failure -> StoreFailure.of(side, failure));
    }
}
