package io.hermes.storage.local;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIf;

/** A file system with other limits than a disk's. */
@EnabledIf("isThere")
class SharedMemoryContractTest extends LocalContract {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    static boolean isThere() {
        return SHARED_MEMORY.toFile().canWrite();
    }

    @Override
    Path parent() {
        return SHARED_MEMORY;
    }
}
