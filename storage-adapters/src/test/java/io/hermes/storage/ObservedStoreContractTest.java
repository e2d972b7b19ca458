package io.hermes.storage;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.StoreObserver.Call;
import io.hermes.storage.StoreObserver.Ending;
import io.hermes.storage.StoreObserver.Operation;
import io.hermes.storage.contract.AbstractDocumentStoreContract;
import io.hermes.storage.memory.MemoryStoreFactory;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ObservedStoreContractTest extends AbstractDocumentStoreContract {

    private final List<Call> calls = new CopyOnWriteArrayList<>();

    @Override
    protected DocumentStore open() {
        StoreSettings settings =
                new StoreSettings(UUID.randomUUID(), "archive", "memory", true, Map.of(), Map.of(), Optional.empty());
        return new ObservedStore(new MemoryStoreFactory().open(settings), settings, calls::add);
    }

    /** The memory store takes none of our own names, so that there is nothing to plant. */
    @Override
    public void plant(String name, byte[] bytes) {}

    @Test
    void tellsOfEveryCallOnceAndHowItEnded() {
        put(store(), "a", bytes(1));
        Uni<DocumentStat> missing = store().stat(key("b"));
        assertThat(calls).hasSize(1);
        assertThat(kindOf(missing)).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(kindOf(missing)).isEqualTo(ErrorKind.NOT_FOUND);

        assertThat(calls).extracting(Call::operation).containsExactly(Operation.WRITE, Operation.STAT, Operation.STAT);
        assertThat(calls).extracting(Call::ending).containsExactly(Ending.ANSWERED, Ending.FAILED, Ending.FAILED);
        assertThat(calls.get(1).failure()).contains(ErrorKind.NOT_FOUND);
        assertThat(calls).allSatisfy(call -> {
            assertThat(call.provider()).isEqualTo("archive");
            assertThat(call.type()).isEqualTo("memory");
            assertThat(call.took()).isPositive();
        });
    }

    @Test
    void tellsOfACallThatItsCallerGaveUp() {
        DocumentStore never = new DelegatingStore(store()) {
            @Override
            public Uni<Void> delete(DocumentKey key, Precondition precondition) {
                return Uni.createFrom().nothing();
            }
        };
        StoreSettings settings =
                new StoreSettings(UUID.randomUUID(), "p", "memory", true, Map.of(), Map.of(), Optional.empty());
        new ObservedStore(never, settings, calls::add)
                .delete(key("a"), Precondition.none())
                .subscribe()
                .with(done -> {})
                .cancel();

        assertThat(calls).extracting(Call::ending).containsExactly(Ending.CANCELLED);
    }

    @Test
    void everyMethodHasItsOwnName() {
        await(store().list(ListRequest.everything()));
        kindOf(store().read(ReadRequest.latest(key("a"), 1)));
        await(store().delete(key("a"), Precondition.none()));
        kindOf(store().revisions(new RevisionRequest(key("a"), Optional.empty(), 1)));
        kindOf(store().restore(key("a"), Revision.of("1", "1"), Precondition.none()));
        kindOf(store().keepForever(key("a"), Revision.of("1", "1")));
        await(store().probe(ProbeDepth.REACH));

        assertThat(calls)
                .extracting(Call::operation)
                .containsExactly(
                        Operation.LIST,
                        Operation.READ,
                        Operation.DELETE,
                        Operation.REVISIONS,
                        Operation.RESTORE,
                        Operation.KEEP_FOREVER,
                        Operation.PROBE);
    }
}
