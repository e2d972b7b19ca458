package io.hermes.edge.registry;

import io.hermes.storage.local.AllowedRoots;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Tells the local store what the operator decided. A service does not start with a root that can never be allowed. */
@Singleton
class LocalStorage {

    @Produces
    @Singleton
    AllowedRoots allowedRoots(LocalStorageSettings settings) {
        return new AllowedRoots(settings.allowedRoots().orElse(List.of()));
    }
}
