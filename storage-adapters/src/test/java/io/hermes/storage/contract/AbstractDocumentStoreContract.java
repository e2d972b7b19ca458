package io.hermes.storage.contract;

import io.hermes.storage.DocumentStore;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole contract of the storage port. An adapter, whoever wrote it, passes it by a subclass of ten lines:
 *
 * <pre>{@code
 * class AcmeStoreContractTest extends AbstractDocumentStoreContract {
 *
 *     private final String folder = UUID.randomUUID().toString();
 *
 *     @Override
 *     protected DocumentStore open() {
 *         return new AcmeStore(ACME.client(), folder);
 *     }
 *
 *     @Override
 *     public void plant(String name, byte[] bytes) {
 *         ACME.client().upload(folder + "/" + name, bytes);
 *     }
 * }
 * }</pre>
 *
 * <p>Everything else is chosen by {@link DocumentStore#capabilities()}: a test that needs a feature which the store does not declare is
 * skipped and says so, and another one sees to it that the store refuses to be asked. The methods below this line make it stricter:
 * {@link #reopened} lets tests restart the store, {@link #secrets} names what no error may show, {@link #partBytes} leads to the
 * edges of the store's own pieces.
 *
 * <p>Where a server is known to deviate, the subclass overrides that one test and asserts the exact failure, with the reason in a
 * comment; then the deviation is tested, and its end is noticed. Tests are not switched off.
 *
 * <p>What was run and skipped for each store, and what each store declared, stands in {@code target/contract-matrix.md} afterwards.
 */
@ExtendWith(ContractMatrix.class)
public abstract class AbstractDocumentStoreContract
        implements WriteContract,
                StreamContract,
                VisibilityContract,
                PreconditionContract,
                DeleteContract,
                ReadContract,
                ListContract,
                PagingContract,
                NameContract,
                ContentContract,
                MetadataContract,
                RevisionContract,
                LazinessContract,
                LifecycleContract,
                ErrorContract,
                UndeclaredContract,
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
    public Optional<DocumentStore> reopened() {
        return Optional.empty();
    }

    @Override
    public Optional<DocumentStore> storeWithoutContainer() {
        return Optional.empty();
    }

    @Override
    public Set<String> secrets() {
        return Set.of("no store of this kind has a secret");
    }

    @Override
    public int partBytes() {
        return 0;
    }

    /** How often a race is run; {@code -Dcontract.rounds=1000} for a long look. */
    @Override
    public int rounds() {
        return Integer.getInteger("contract.rounds", 100);
    }
}
