package io.hermes.storage;

import java.time.Instant;
import java.util.Optional;

/**
 * What a store knows about a document without reading it.
 *
 * @param key its key
 * @param size in bytes
 * @param modified when the store last changed it
 * @param revision its present state
 * @param metadata what is kept with it; {@link DocumentMetadata#NONE} where reading it would take the content (frontmatter)
 * @param marker ours, if we wrote it
 */
public record DocumentStat(
        DocumentKey key,
        long size,
        Instant modified,
        Revision revision,
        DocumentMetadata metadata,
        Optional<Marker> marker) {}
