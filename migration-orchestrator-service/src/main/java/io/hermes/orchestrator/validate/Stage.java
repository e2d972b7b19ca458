package io.hermes.orchestrator.validate;

import java.util.Optional;

/** Where a look at the destination stands; kept in the job's listing token. */
sealed interface Stage {

    /**
     * The destination is being listed.
     *
     * @param pages read so far
     * @param token of the next page, empty for the first
     */
    record Listing(long pages, Optional<String> token) implements Stage {

        Listing next(String token) {
            return new Listing(pages + 1, Optional.of(token));
        }
    }

    /**
     * Documents are being looked at one by one.
     *
     * @param after items up to this id have had their turn
     */
    record Looking(long after) implements Stage {}

    /** The form kept in the database. */
    default String text() {
        return switch (this) {
            case Listing listing ->
                "list/" + listing.pages() + "/" + listing.token().orElse("");
            case Looking looking -> "look/" + looking.after();
        };
    }

    /** Reads what {@link #text()} wrote. */
    static Stage parse(String text) {
        String[] parts = text.split("/", 3);
        return parts[0].equals("look")
                ? new Looking(Long.parseLong(parts[1]))
                : new Listing(Long.parseLong(parts[1]), Optional.of(parts[2]).filter(token -> !token.isEmpty()));
    }
}
