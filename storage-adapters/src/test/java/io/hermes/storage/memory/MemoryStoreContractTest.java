package io.hermes.storage.memory;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.Precondition;
import io.hermes.storage.contract.AbstractDocumentStoreContract;
import java.nio.ByteBuffer;
import java.util.Optional;

class MemoryStoreContractTest extends AbstractDocumentStoreContract {

    private final MemoryDocuments documents = new MemoryDocuments(keepsRevisions());

    boolean keepsRevisions() {
        return false;
    }

    @Override
    protected DocumentStore open() {
        return new MemoryStore(documents);
    }

    @Override
    public Optional<DocumentStore> reopened() {
        return Optional.of(new MemoryStore(documents));
    }

    @Override
    public void plant(String name, byte[] bytes) {
        documents.put(
                new DocumentKey(name),
                ByteBuffer.wrap(bytes),
                DocumentMetadata.NONE,
                Optional.empty(),
                Precondition.none());
    }
}
