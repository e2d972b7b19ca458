package io.hermes.storage.memory;

/** The same store, opened with {@code revisions=true}. */
class MemoryRevisionsContractTest extends MemoryStoreContractTest {

    @Override
    boolean keepsRevisions() {
        return true;
    }
}
