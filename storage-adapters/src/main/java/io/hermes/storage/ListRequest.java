package io.hermes.storage;

import java.util.Optional;

/**
 * Which page of a listing.
 *
 * @param prefix lists below this folder-like prefix, without a trailing {@code /}; empty for everything
 * @param token from {@link ListPage#next()}, empty for the first page
 * @param limit most entries wanted, 1 to 1,000
 */
public record ListRequest(String prefix, Optional<String> token, int limit) {

    /** Most entries of one page. */
    public static final int MAX_LIMIT = 1000;

    public ListRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_LIMIT + " entries");
        }
    }

    /** The first page of everything. */
    public static ListRequest everything() {
        return new ListRequest("", Optional.empty(), MAX_LIMIT);
    }

    /** The page behind this token. */
    public ListRequest after(String next) {
        return new ListRequest(prefix, Optional.of(next), limit);
    }
}
