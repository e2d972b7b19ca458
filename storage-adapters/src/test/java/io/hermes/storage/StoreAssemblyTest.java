package io.hermes.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hermes.storage.memory.MemoryStoreFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StoreAssemblyTest {

    private final StoreAssembly assembly = new StoreAssembly(List.of(new MemoryStoreFactory()), List.of());

    @Test
    void guardsAProviderThatIsNotWritable() {
        assertThat(assembly.open(settings("memory", false)).capabilities().has(Feature.WRITE))
                .isFalse();
        assertThat(assembly.open(settings("memory", true)).capabilities().has(Feature.WRITE))
                .isTrue();
    }

    @Test
    void namesTheTypesItKnows() {
        assertThatThrownBy(() -> assembly.open(settings("java.lang.Runtime", true)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIG_INVALID))
                .hasMessageContaining("memory");
    }

    @Test
    void refusesTwoFactoriesOfAType() {
        assertThatThrownBy(
                        () -> new StoreAssembly(List.of(new MemoryStoreFactory(), new MemoryStoreFactory()), List.of()))
                .isInstanceOf(IllegalStateException.class);
    }

    private static StoreSettings settings(String type, boolean writable) {
        return new StoreSettings(new UUID(0, 1), "p", type, writable, Map.of(), Map.of(), Optional.empty());
    }
}
