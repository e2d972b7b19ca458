package io.hermes.storage.contract;

import io.hermes.storage.DocumentStore;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The whole contract. A subclass opens its store and says how to put raw objects past the port; all the rest is chosen by
 * {@link DocumentStore#capabilities()}.
 */
public abstract class AbstractDocumentStoreContract
        implements WriteContract,
                PreconditionContract,
                ReadContract,
                ListContract,
                NameContract,
                MetadataContract,
                RevisionContract,
                ProbeContract {

    private DocumentStore store;

    /** Opens a store over an empty container: a fresh prefix, a fresh folder. */
    protected abstract DocumentStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
        store.close();
    }

    @Override
    public final DocumentStore store() {
        return store;
    }

    @Override
    public DocumentStore seeder() {
        return store;
    }

    @Override
    public Optional<DocumentStore> storeWithoutContainer() {
        return Optional.empty();
    }

    /** How often a race is run; {@code -Dcontract.rounds=1000} for a long look. */
    @Override
    public int rounds() {
        return Integer.getInteger("contract.rounds", 20);
    }
}
