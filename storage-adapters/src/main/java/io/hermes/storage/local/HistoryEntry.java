package io.hermes.storage.local;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.Revision;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of a document's history. Its name says everything but size and time: {@code .hermes-rev-<number>-<etag>}, where the ETag is
 * what the document had while it was present, or {@code .hermes-rev-<number>-deleted}.
 *
 * @param number later states have larger ones
 * @param etag of the state, or the word for a deletion
 */
record HistoryEntry(long number, String etag) {

    static final String PREFIX = DocumentKey.RESERVED_PREFIX + "rev-";
    /** Newest first. */
    static final Comparator<HistoryEntry> NEWEST_FIRST =
            Comparator.comparing(HistoryEntry::name).reversed();

    private static final String DELETED = "deleted";
    private static final Pattern NAME =
            Pattern.compile(Pattern.quote(PREFIX) + "([0-9a-f]{16})-([0-9a-f.-]+|" + DELETED + ")");

    static HistoryEntry deletion(long number) {
        return new HistoryEntry(number, DELETED);
    }

    static Optional<HistoryEntry> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new HistoryEntry(HexFormat.fromHexDigitsToLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    String name() {
        return PREFIX + HexFormat.of().toHexDigits(number) + "-" + etag;
    }

    boolean isDeletion() {
        return etag.equals(DELETED);
    }

    Revision revision() {
        String version = isDeletion() ? DELETED + "-" + number : etag;
        return Revision.of(version, version);
    }

    /** Whether the file is still what its name says: nobody edited it. */
    boolean isSound(FileState state) {
        return state.isDocument() && (isDeletion() || state.isRenamed(Revision.of(etag)));
    }
}
