package io.hermes.worker.copy;

import io.hermes.edge.registry.OpenStore;
import io.hermes.storage.Capabilities;
import io.hermes.storage.DocumentStore;
import io.smallrye.mutiny.Uni;

/** An opened store with its role. Its failures know the role too. */
record Endpoint(Side side, OpenStore opened) {

    DocumentStore store() {
        return opened.store();
    }

    Capabilities capabilities() {
        return opened.store().capabilities();
    }

    /** Marks failures as this store's. */
    <T> Uni<T> calling(Uni<T> call) {
        return call.onFailure().transform(failure -> StoreFailure.of(side, failure));
    }
}
