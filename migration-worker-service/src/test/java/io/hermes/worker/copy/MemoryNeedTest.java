package io.hermes.worker.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.Capabilities;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {

    private static final int MIB = 1 << 20;

    @Test
    void aStreamNeedsTheBuffersOfBothSides() {
        MemoryNeed need = MemoryNeed.of(store(0, 8 * MIB), store(88 * MIB, 0));
        assertThat(need.of(16 * MIB)).isEqualTo(16 * MIB);
        assertThat(need.of(16 * MIB + 1)).isEqualTo(96 * MIB);
    }

    @Test
    void aSourceThatReadsNothingAheadHasTheNetworksBuffers() {
        MemoryNeed need = MemoryNeed.of(store(0, 0), store(0, 0));
        assertThat(need.of(1L << 40)).isEqualTo(2 * MIB);
    }

    private static Capabilities store(long streamBuffer, long readAhead) {
        return new Capabilities(Set.of(), 1024, Long.MAX_VALUE, 16 * MIB, streamBuffer, readAhead);
    }
}
