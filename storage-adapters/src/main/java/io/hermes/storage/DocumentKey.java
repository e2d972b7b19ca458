package io.hermes.storage;

import java.util.List;

/**
 * The name of a document within its store: segments joined by {@code /}, relative to the provider's root or prefix, exactly as the
 * store spells them. Not a URI and not a {@code Path}: nothing in it is escaped, decoded or normalised, so {@code a%20b}, {@code a b}
 * and both spellings of an accented letter are different keys.
 *
 * @param value at least one character; no segment is empty, {@code .} or {@code ..}; no NUL; no unpaired surrogate
 */
public record DocumentKey(String value) implements Comparable<DocumentKey> {

    /** Below this prefix the registration probe writes. Never listed. */
    public static final String PROBE_PREFIX = ".hermes-probe/";

    /** Names that begin like this are ours (temporary, trash, released). Never listed, refused as a key of a document. */
    public static final String RESERVED_PREFIX = ".hermes-";

    public DocumentKey {
        String problem = problemOf(value);
        if (problem != null) {
            throw new StorageException(ErrorKind.KEY_INVALID, "key", value, problem);
        }
    }

    private static String problemOf(String value) {
        if (value.isEmpty()) {
            return "a key has at least one character";
        }
        if (value.indexOf('\0') >= 0) {
            return "a key holds no NUL character";
        }
        if (!isWellFormed(value)) {
            return "a key is well-formed Unicode";
        }
        for (String segment : List.of(value.split("/", -1))) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return "no segment of a key is empty, '.' or '..'";
            }
        }
        return null;
    }

    private static boolean isWellFormed(String value) {
        return value.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /** Whether a segment has one of our own names, so that it is no document of a user's. */
    public boolean isReserved() {
        return value.startsWith(RESERVED_PREFIX) || value.contains("/" + RESERVED_PREFIX);
    }

    /** The last segment. */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** All before the last segment, without the slash between; empty where there is no other. */
    public String folder() {
        return value.substring(0, Math.max(0, value.lastIndexOf('/')));
    }

    @Override
    public int compareTo(DocumentKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
