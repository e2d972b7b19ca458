package io.hermes.storage;

import io.smallrye.mutiny.Uni;

/**
 * One store of documents: a bucket with a prefix, a folder, a library.
 *
 * <p>A document is a sequence of bytes under a {@link DocumentKey}, together with {@link DocumentMetadata}. A store may be
 * <em>hierarchical</em> (folders exist, {@code a} cannot be both a document and the parent of {@code a/b}) or <em>flat</em> (keys are
 * plain strings); the port speaks of keys only. Folders, markers of folders, temporary and trash files of ours are not documents
 * and are never listed.
 *
 * <p>Every call may be repeated. Every call either has its effect entirely or not at all as far as a reader under the final key
 * can see: a document is absent, or the old one, or the whole new one. Nothing is ever deleted because something else failed.
 *
 * <p>Each returned {@link Uni} is lazy: it acts on subscription, once per subscription. It fails with {@link StorageException} and
 * with nothing else. Callers do not retry around it; the store's client has retried what is worth retrying at once, and everything
 * slower is the item's business.
 *
 * <p>What a store cannot do it says in {@link #capabilities()}; asked all the same, it fails with {@link ErrorKind#UNSUPPORTED}.
 *
 * <p>Take care when adding to this interface. It is meant to stay this small.
 */
public interface DocumentStore extends AutoCloseable {

    /** What this store can do. A constant of the opened store; no I/O. */
    Capabilities capabilities();

    /**
     * One page of documents in the store's own stable order, optionally below a prefix.
     *
     * <p>A prefix ends at a {@code /} boundary: {@code production} lists {@code production/a}, never {@code production-old/a}. A
     * token stays valid when documents come and go, and after a restart; what is created behind it is not part of this listing.
     *
     * @return at most {@link ListRequest#limit()} entries, possibly none, and the token of the next page unless this was the last.
     *     Fails {@code NOT_FOUND} of kind {@link ErrorKind#CONTAINER_MISSING} if the root or bucket is not there: an empty listing
     *     always means an empty store
     */
    Uni<ListPage> list(ListRequest request);

    /**
     * What the store knows about a document without reading it.
     *
     * @return fails {@link ErrorKind#NOT_FOUND} if there is none
     */
    Uni<DocumentStat> stat(DocumentKey key);

    /**
     * Opens a document and pins its revision: the bytes delivered are all of one revision, the one in
     * {@link OpenDocument#stat()}, or the content fails. A wanted revision that names a version is found wherever it stands in the
     * history; one that does not must be the present one.
     *
     * <p>The content has been counted against the announced size when it completes; a body that is shorter or longer fails with
     * {@link ErrorKind#CONTENT_TRUNCATED}, and a document that changed meanwhile with {@link ErrorKind#CHANGED}.
     *
     * @return fails {@link ErrorKind#NOT_FOUND}, or {@link ErrorKind#CHANGED} if it is not at {@link ReadRequest#revision()}
     */
    Uni<OpenDocument> read(ReadRequest request);

    /**
     * Writes a whole document with its metadata in one step, or nothing.
     *
     * @return what was written and how it was proven. Fails {@link ErrorKind#PRECONDITION_FAILED} if the key is taken
     *     ({@link Precondition.IfAbsent}) or not at the wanted revision ({@link Precondition.IfMatches}). A failure after which it
     *     is unknown whether the document was written is {@link ErrorKind#UNAVAILABLE} or {@link ErrorKind#TIMEOUT}: look at the
     *     destination before the next attempt
     */
    Uni<Written> write(WriteRequest request);

    /**
     * Deletes a document. Deleting what is not there succeeds.
     *
     * @param precondition {@link Precondition.IfMatches} deletes that revision only, as far as
     *     {@link Feature#CONDITIONAL_DELETE} goes; {@link Precondition.IfAbsent} makes no sense and is refused
     * @return fails {@link ErrorKind#PRECONDITION_FAILED} if another revision stands there
     */
    Uni<Void> delete(DocumentKey key, Precondition precondition);

    /**
     * Revisions of a document, newest first, those of a deleted document included. A document that never was has no revisions: an
     * empty page.
     *
     * @return fails {@link ErrorKind#UNSUPPORTED} without {@link Feature#REVISIONS}
     */
    Uni<RevisionPage> revisions(RevisionRequest request);

    /**
     * Makes an earlier revision the present one again, bytes and metadata, as a new revision on top: nothing of the history is lost.
     * Also brings back a document that was deleted.
     *
     * @param revision one with a version, as {@link #revisions} reported it; not a deletion
     * @param precondition what must hold for the present document
     * @return the new present revision. Fails {@link ErrorKind#NOT_FOUND} if there is no such revision,
     *     {@link ErrorKind#PRECONDITION_FAILED} if another one than expected is present, and {@link ErrorKind#UNSUPPORTED} without
     *     {@link Feature#REVISIONS} or where the store cannot promise the precondition
     */
    Uni<Revision> restore(DocumentKey key, Revision revision, Precondition precondition);

    /**
     * Protects a revision: from then on no rule of the store and nobody's deletion removes it. There is no way back through this port.
     *
     * @param revision one with a version
     * @return fails {@link ErrorKind#NOT_FOUND} if there is no such revision, {@link ErrorKind#UNSUPPORTED} without
     *     {@link Feature#KEEP_FOREVER}
     */
    Uni<Void> keepForever(DocumentKey key, Revision revision);

    /**
     * Tries what the store really does. Writes only below {@link DocumentKey#PROBE_PREFIX} and removes what it wrote.
     *
     * @param depth {@link ProbeDepth#REACH} is cheap and reads only, {@link ProbeDepth#CAPABILITIES} writes
     * @return a report whatever happens: a store that does not answer is a failed step, not a failed {@code Uni}
     */
    Uni<ProbeReport> probe(ProbeDepth depth);

    /** Ends transfers and frees connections. May be called twice. */
    @Override
    void close();
}
