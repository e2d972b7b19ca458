package io.hermes.storage.contract;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.StoreSettings;
import io.hermes.storage.memory.MemoryStoreFactory;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract on a store with one {@link Defect}. Only {@link ContractHurtsTest} runs it; its name keeps the build from it. */
class BrokenStoreContract extends AbstractDocumentStoreContract {

    static final String DEFECT = "contract.defect";

    @RegisterExtension
    static final ParameterResolver CONFIGURED = new ParameterResolver() {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Defect.class
                    && parameter.getIndex() == 0
                    && parameter.getDeclaringExecutable().getDeclaringClass() == BrokenStoreContract.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return Defect.valueOf(context.getConfigurationParameter(DEFECT).orElseThrow());
        }
    };

    private final MemoryStoreFactory factory = new MemoryStoreFactory();
    private final Defect defect;

    BrokenStoreContract(Defect defect) {
        this.defect = defect;
    }

    @Override
    protected DocumentStore open() {
        return defect.in(factory.open(new StoreSettings(
                new UUID(0, 1), "broken", "memory", true, Map.of("revisions", "true"), Map.of(), Optional.empty())));
    }

    /** The memory store takes none of our own names, so that there is nothing to plant. */
    @Override
    public void plant(String name, byte[] bytes) {}

    @Override
    public Set<String> secrets() {
        return Set.of(BrokenStores.SECRET);
    }
}
