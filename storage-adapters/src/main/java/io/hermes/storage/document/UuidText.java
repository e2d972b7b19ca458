package io.hermes.storage.document;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The text forms of a UUID. {@link UUID#fromString} alone is no check: it reads {@code 1-1-1-1-1}. */
final class UuidText {

    private static final Pattern HYPHENATED =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern BARE = Pattern.compile("[0-9a-fA-F]{32}");
    private static final UUID NIL = new UUID(0, 0);

    private UuidText() {}

    /** Reads 36 characters with hyphens. The nil UUID identifies nothing, so it counts as absent. */
    static Optional<UUID> hyphenated(String text) {
        return HYPHENATED.matcher(text).matches() ? identifying(UUID.fromString(text)) : Optional.empty();
    }

    /** Reads the UUID with or without hyphens. */
    static Optional<UUID> any(String text) {
        if (!BARE.matcher(text).matches()) {
            return hyphenated(text);
        }
        long high = Long.parseUnsignedLong(text, 0, 16, 16);
        long low = Long.parseUnsignedLong(text, 16, 32, 16);
        return identifying(new UUID(high, low));
    }

    private static Optional<UUID> identifying(UUID uuid) {
        return uuid.equals(NIL) ? Optional.empty() : Optional.of(uuid);
    }
}
