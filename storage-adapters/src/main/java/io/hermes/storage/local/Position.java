package io.hermes.storage.local;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A place in the order of a folder's names, which is the order of their UTF-8 bytes.
 *
 * @param bytes the least name that is not before this place
 */
record Position(byte[] bytes) {

    static final Position START = new Position(new byte[0]);

    static Position at(String name) {
        return new Position(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Right behind the name: no name holds a NUL, so nothing lies between. */
    static Position behind(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return new Position(Arrays.copyOf(bytes, bytes.length + 1));
    }

    boolean isBehind(byte[] name) {
        return Arrays.compareUnsigned(bytes, name) > 0;
    }

    boolean isBefore(Position other) {
        return Arrays.compareUnsigned(bytes, other.bytes) < 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Position position && Arrays.equals(bytes, position.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
