package io.hermes.storage.local;

import java.nio.file.Path;
import java.util.stream.IntStream;

/** Keeps the writers of one name in this process apart. A few locks for all names: they are held for two system calls. */
final class NameLock {

    private static final NameLock[] LOCKS =
            IntStream.range(0, 64).mapToObj(number -> new NameLock()).toArray(NameLock[]::new);

    private NameLock() {}

    static NameLock of(Path path) {
        return LOCKS[Math.floorMod(path.hashCode(), LOCKS.length)];
    }
}
