package io.hermes.storage;

import io.smallrye.mutiny.Uni;

/**
 * One store of documents: a bucket with a prefix, a folder, a library. This text is the specification of the port; the contract suite
 * ({@code io.hermes.storage.contract}, in the test jar) holds every adapter to it.
 *
 * <h2>Documents and keys</h2>
 * A document is a sequence of bytes under a {@link DocumentKey}, together with {@link DocumentMetadata}. Keys are compared character
 * by character: nothing in them is escaped, decoded, folded or normalised. A store keeps a key exactly as it is spelled or refuses it
 * ({@link ErrorKind#KEY_INVALID}); it never stores a document under another name.
 *
 * <p>Stores come in two families, and the port speaks of keys only:
 * <ul>
 *   <li><em>flat</em> stores have no folders: {@code a} and {@code a/b} are two documents that know nothing of each other;
 *   <li><em>hierarchical</em> stores ({@link Feature#HIERARCHICAL}) have: where {@code a} is a document, writing {@code a/b} fails
 *       {@link ErrorKind#PRECONDITION_FAILED}, and the other way round. Folders are made when a document needs them and stay when
 *       the last one has gone.
 * </ul>
 * Folders, their markers, links, devices, and everything of our own (names with a segment that begins with
 * {@link DocumentKey#RESERVED_PREFIX}) are no documents: never listed among the entries, not to be read, written or deleted.
 *
 * <h2>What a caller may rely on</h2>
 * <ul>
 *   <li><em>All or nothing.</em> As far as a reader under the key can see, a document is absent, or the old one, or the whole new
 *       one, at every moment and after every crash. Nothing is ever deleted because something else failed.
 *   <li><em>Laziness.</em> A returned {@link Uni} acts when it is subscribed, once per subscription, and not before. Cancelling it
 *       ends the work at the next possible point and leaves nothing visible behind.
 *   <li><em>One exception.</em> It fails with {@link StorageException} and with nothing else; {@link ErrorKind} tells whether to try
 *       again and whether the document or the whole store is meant. Messages hold neither secrets nor what a store answered.
 *   <li><em>Repetition.</em> Every call may be repeated. Callers do not retry around it at once: the store's client has retried what
 *       is worth retrying, and everything slower is the caller's own schedule.
 *   <li><em>Concurrency.</em> A store is used by many threads at once. Answers may come on threads of the store's client, which the
 *       caller must not block.
 *   <li><em>Bounded memory.</em> No call holds more than one page, one whole document up to {@link Capabilities#wholeWriteBytes()},
 *       or {@link Capabilities#streamBufferBytes()}, whatever the number or size of documents.
 *   <li><em>Honesty.</em> What a store cannot do it says in {@link #capabilities()}; asked all the same, it fails
 *       {@link ErrorKind#UNSUPPORTED} before anything has changed.
 * </ul>
 *
 * <h2>Who closes what</h2>
 * Whoever opens a document consumes its content or calls {@link OpenDocument#discard()}. The store consumes the content that it is
 * given to write, or cancels it; it never calls {@code discard}. Whoever opened the store closes it.
 *
 * <p>Take care when adding to this interface. It is meant to stay this small.
 */
public interface DocumentStore extends AutoCloseable {

    /** What this store can do. A constant of the opened store; no I/O. */
    Capabilities capabilities();

    /**
     * One page of documents in the store's own stable order, optionally below a prefix.
     *
     * <p>A prefix ends at a {@code /} boundary: {@code production} lists {@code production/a}, never {@code production-old/a}, and not
     * the document {@code production} itself. A token is a position, not a session: it stays valid when documents come and go, after a
     * restart and on another replica. A document that is there from the first page to the last is listed exactly once; one that
     * comes behind the position may be listed or not. Names that are there but cannot be documents are reported as
     * {@link ListPage.Rejected}, never dropped in silence.
     *
     * @return at most {@link ListRequest#limit()} entries, possibly none, and the token of the next page unless this was the last.
     *     Fails {@link ErrorKind#CONTAINER_MISSING} if the root or bucket is not there: an empty listing always means an empty store
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
     * <p>The content has been counted against the announced size when it completes: a body that is shorter or longer fails
     * {@link ErrorKind#CONTENT_TRUNCATED}, and a document that changed meanwhile {@link ErrorKind#CHANGED}. Nothing is read from the
     * store before it is asked for, but for what is on its way already.
     *
     * @return fails {@link ErrorKind#NOT_FOUND}, or {@link ErrorKind#CHANGED} if it is not at {@link ReadRequest#revision()}
     */
    Uni<OpenDocument> read(ReadRequest request);

    /**
     * Writes a whole document with its metadata in one step, or nothing.
     *
     * <p>The content is counted and hashed on its way. Content of another length than announced fails
     * {@link ErrorKind#CONTENT_TRUNCATED}, other bytes than {@link WriteRequest#hash()} says {@link ErrorKind#CONTENT_MISMATCH}; a
     * failure of the content itself is passed on. In all these cases nothing is written.
     *
     * @return what was written and how it was proven. Fails {@link ErrorKind#PRECONDITION_FAILED} if the key is taken
     *     ({@link Precondition.IfAbsent}) or not at the wanted revision ({@link Precondition.IfMatches}). A failure after which it
     *     is unknown whether the document was written is {@link ErrorKind#UNAVAILABLE} or {@link ErrorKind#TIMEOUT}: look at the
     *     destination before the next attempt
     */
    Uni<Written> write(WriteRequest request);

    /**
     * Deletes a document. Deleting what is not there succeeds. A store with {@link Feature#REVISIONS} keeps the history.
     *
     * @param precondition {@link Precondition.IfMatches} deletes that revision only, and needs {@link Feature#CONDITIONAL_DELETE};
     *     {@link Precondition.IfAbsent} makes no sense and is refused
     * @return fails {@link ErrorKind#PRECONDITION_FAILED} if another revision stands there, which then still stands there
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

    /** Ends transfers and frees connections. Calls that come later fail. May be called twice. */
    @Override
    void close();
}
