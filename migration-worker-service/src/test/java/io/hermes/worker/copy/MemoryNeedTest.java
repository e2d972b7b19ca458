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
        assertThat(need.of(16 * MIB + 1)).isEqualTo(96 * MIB);
    }

    @Test
    void aSourceThatReadsNothingAheadHasTheNetworksBuffers() {
        MemoryNeed need = MemoryNeed.of(store(0, 0), store(0, 0));
        assertThat(need.of(1L << 40)).isEqualTo(2 * MIB);
    }

    @Test
    void aDocumentInOneBufferIsHeldAsOftenAsTheDestinationCopiesIt() {
        assertThat(MemoryNeed.of(store(0, 0), copying(0)).of(16 * MIB)).isEqualTo(16 * MIB);
        assertThat(MemoryNeed.of(store(0, 0), copying(1)).of(16 * MIB)).isEqualTo(32 * MIB);
        assertThat(MemoryNeed.of(store(0, 0), copying(1)).of(1)).isEqualTo(2 * 64 * 1024);
    }

    @Test
    void aDocumentThatIsOnlyComparedIsNotCopied() {
        MemoryNeed need = MemoryNeed.ofComparison(store(0, 0), copying(1));
        assertThat(need.of(MIB)).isEqualTo(3 * MIB);
    }

    private static Capabilities store(long streamBuffer, long readAhead) {
        return new Capabilities(Set.of(), 1024, Long.MAX_VALUE, 16 * MIB, 1, streamBuffer, readAhead);
    }

    private static Capabilities copying(int copies) {
        return new Capabilities(Set.of(), 1024, Long.MAX_VALUE, 16 * MIB, copies, 88 * MIB, 0);
    }
}
