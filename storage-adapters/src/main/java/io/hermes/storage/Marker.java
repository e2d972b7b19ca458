package io.hermes.storage;

import java.util.UUID;

/**
 * Our own signature on a document that we wrote: which item of which job wrote it, from which source revision. Kept with the
 * document's metadata, never copied from a source's. After a crash it tells our own half-finished work from a stranger's document.
 *
 * @param jobUuid the job
 * @param itemId the item
 * @param sourceRevision the pinned revision that was read
 */
public record Marker(UUID jobUuid, long itemId, Revision sourceRevision) {

    private static final int PARTS = 3;

    /** Reads what {@link #text()} wrote. */
    public static Marker parse(String text) {
        String[] parts = text.split("/", PARTS);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("a marker is job/item/revision");
        }
        return new Marker(UUID.fromString(parts[0]), Long.parseLong(parts[1]), Revision.parse(parts[2]));
    }

    /** {@code job/item/revision}. */
    public String text() {
        return jobUuid + "/" + itemId + "/" + sourceRevision.text();
    }

    /** Whether the same item wrote it, from whichever revision. */
    public boolean sameItem(Marker other) {
        return jobUuid.equals(other.jobUuid) && itemId == other.itemId;
    }
}
