package io.hermes.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A piece of a document's history, newest first.
 *
 * @param entries states of this document and of no other
 * @param next token of the next page, absent on the last
 */
public record RevisionPage(List<Entry> entries, Optional<String> next) {

    public RevisionPage {
        entries = List.copyOf(entries);
    }

    /**
     * One state.
     *
     * @param revision which
     * @param size in bytes, 0 for a deletion
     * @param modified when it came to be
     * @param latest whether it is the present state
     * @param deletion whether it marks that the document was deleted
     */
    public record Entry(Revision revision, long size, Instant modified, boolean latest, boolean deletion) {}
}
