package io.hermes.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One page of a listing.
 *
 * @param entries documents only
 * @param rejected names that are in the store but cannot be documents, each with a reason; reported, never dropped in silence
 * @param next token of the next page, absent on the last
 */
public record ListPage(List<Entry> entries, List<Rejected> rejected, Optional<String> next) {

    public ListPage {
        entries = List.copyOf(entries);
        rejected = List.copyOf(rejected);
    }

    /**
     * A document as listings show it.
     *
     * @param key its key
     * @param size in bytes
     * @param modified when the store last changed it
     * @param revision its state, as far as a listing tells (usually without the version)
     */
    public record Entry(DocumentKey key, long size, Instant modified, Revision revision) {}

    /**
     * Something that is there but cannot be migrated: a name that is no valid key, a link, a device.
     *
     * @param name a printable form of its name
     * @param reason one sentence
     */
    public record Rejected(String name, String reason) {}
}
