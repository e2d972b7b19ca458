package io.hermes.storage;

import java.util.Set;

/**
 * Something that stores differ in. Those that protect ({@code CONDITIONAL_…}, {@link #REFUSES_WRONG_BYTES}) are never assumed from a
 * vendor's name: the registration probe measures them.
 */
public enum Feature {
    /** Documents can be written and deleted. */
    WRITE,
    /**
     * {@link Precondition.IfAbsent} holds, even against a concurrent writer, for documents up to
     * {@link Capabilities#wholeWriteBytes()}.
     */
    CONDITIONAL_PUT,
    /** What holds for smaller documents ({@link #CONDITIONAL_PUT}, {@link #CONDITIONAL_REPLACE}) holds for larger ones too. */
    CONDITIONAL_STREAM,
    /** {@link Precondition.IfMatches} holds on write. */
    CONDITIONAL_REPLACE,
    /** {@link Precondition.IfMatches} holds on delete. */
    CONDITIONAL_DELETE,
    /** What the store accepts is what was hashed, so that a write needs no reading back. */
    REFUSES_WRONG_BYTES,
    /** The store keeps earlier revisions and can bring them back. */
    REVISIONS,
    /** A revision can be protected from every deletion. */
    KEEP_FOREVER,
    /** Metadata and our marker are kept with the document. */
    USER_METADATA,
    /** Labels can be kept with the document, apart from its metadata. */
    TAGS,
    /** The store keeps and checks a SHA-256 of its own. */
    CHECKSUMS,
    /** Folders exist: a key cannot be both a document and a folder. */
    HIERARCHICAL;

    /** Writing and deleting with every protection. */
    public static final Set<Feature> PROTECTED_WRITES = Set.of(
            WRITE, CONDITIONAL_PUT, CONDITIONAL_STREAM, CONDITIONAL_REPLACE, CONDITIONAL_DELETE, REFUSES_WRONG_BYTES);
}
