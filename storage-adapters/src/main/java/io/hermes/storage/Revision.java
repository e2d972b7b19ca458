package io.hermes.storage;

import java.util.Optional;

/**
 * Which state of a document: opaque, compared exactly, never a content hash.
 *
 * @param etag changes with every change of the document; what preconditions are checked against
 * @param version the id under which the store keeps this state, where it keeps versions
 */
public record Revision(String etag, Optional<String> version) {

    private static final char SEPARATOR = '#';

    /** A state in a store that keeps no versions. */
    public static Revision of(String etag) {
        return new Revision(etag, Optional.empty());
    }

    /** A state in a store that keeps versions. */
    public static Revision of(String etag, String version) {
        return new Revision(etag, Optional.ofNullable(version));
    }

    /** Reads what {@link #text()} wrote. */
    public static Revision parse(String text) {
        int at = text.indexOf(SEPARATOR);
        return at < 0 ? of(text) : of(text.substring(0, at), text.substring(at + 1));
    }

    /** The form kept in databases and messages: {@code etag} or {@code etag#version}. */
    public String text() {
        return version.map(id -> etag + SEPARATOR + id).orElse(etag);
    }

    /** Whether both are the same state; a side that does not know the version is content with the ETag. */
    public boolean matches(Revision other) {
        boolean versionsAgree = version.isEmpty() || other.version.isEmpty() || version.equals(other.version);
        return etag.equals(other.etag) && versionsAgree;
    }

    @Override
    public String toString() {
        return text();
    }
}
