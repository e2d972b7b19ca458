package io.hermes.storage.contract;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import java.util.Optional;

/** What an adapter brings to its contract. */
interface StoreUnderTest {

    /** The store, empty before each test. */
    DocumentStore store();

    /** Where tests put what they want to find; another store than {@link #store()} only where that one refuses writes. */
    DocumentStore seeder();

    /** Puts an object into the container past the port, under any name, ours included. */
    void plant(String name, byte[] bytes);

    /** A store whose bucket or root is not there, where such a thing can be. */
    Optional<DocumentStore> storeWithoutContainer();

    /** Never to replace anything, where the store can promise that. */
    default Precondition mildest() {
        return store().capabilities().has(Feature.CONDITIONAL_PUT) ? Precondition.ifAbsent() : Precondition.none();
    }

    /** How often a race is run. */
    int rounds();
}
