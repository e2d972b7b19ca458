package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.Marker;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reads documents' metadata and our marker from objects' user metadata. {@link UserMetadata} writes them. */
final class S3Metadata {

    static final String OURS = "hermes-";
    static final String MARKER = "hermes-marker";
    static final String HASH = "hermes-sha256";
    static final String UUID_NAME = "hermes-uuid";
    static final String NAME = "hermes-name";
    static final String CREATED = "hermes-created";
    static final String MODIFIED = "hermes-modified";
    static final String PROJECT = "hermes-project";
    static final String TYPE = "hermes-type";
    static final String OWNER = "hermes-owner";
    static final String TEAM = "hermes-team";
    static final String SYNC_STATUS = "hermes-sync-status";
    static final String WORKFLOW_STATUS = "hermes-workflow-status";
    static final String TAGS = "hermes-tags";
    static final String CONTRIBUTORS = "hermes-contributors";
    static final String PARENTS = "hermes-parents";
    static final String EXTENDED = "hermes-extended";

    private S3Metadata() {}

    /**
     * What the object says about its document. A value of ours that cannot be read counts as absent; what others put there is kept
     * by its own name.
     */
    static DocumentMetadata read(Map<String, String> headers, String contentType) {
        Map<String, String> user = lowerCase(headers);
        return new DocumentMetadata.Builder()
                .uuid(value(user, UUID_NAME, UUID::fromString))
                .name(value(user, NAME, Function.identity()))
                .contentType(contentType)
                .createdTime(value(user, CREATED, Instant::parse))
                .modifiedTime(value(user, MODIFIED, Instant::parse))
                .owner(value(user, OWNER, Function.identity()))
                .owningTeam(value(user, TEAM, Function.identity()))
                .contributors(list(user, CONTRIBUTORS))
                .parents(list(user, PARENTS))
                .project(value(user, PROJECT, Function.identity()))
                .type(value(user, TYPE, Function.identity()))
                .tags(list(user, TAGS))
                .syncStatus(value(user, SYNC_STATUS, Function.identity()))
                .workflowStatus(value(user, WORKFLOW_STATUS, Function.identity()))
                .contentHash(value(user, HASH, ContentHash::parse))
                .extended(extended(user))
                .build();
    }

    /** Our signature, if the object bears one. */
    static Optional<Marker> marker(Map<String, String> headers) {
        return Optional.ofNullable(value(lowerCase(headers), MARKER, Marker::parse));
    }

    private static Map<String, String> lowerCase(Map<String, String> headers) {
        Map<String, String> user = new HashMap<>();
        headers.forEach((name, value) -> user.put(name.toLowerCase(Locale.ROOT), value));
        return user;
    }

    private static <T> T value(Map<String, String> user, String name, Function<String, T> parse) {
        return sensible(user.get(name), text -> parse.apply(HeaderText.decode(text)))
                .orElse(null);
    }

    /** What a text means, if it is there and means anything. */
    static <T> Optional<T> sensible(String text, Function<String, T> parse) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** A header by its name as we write it; servers and proxies write names in letters of either case. */
    static Optional<String> header(Map<String, String> headers, String name) {
        return Optional.ofNullable(lowerCase(headers).get(name));
    }

    private static List<String> list(Map<String, String> user, String name) {
        String text = user.get(name);
        return text == null || text.isEmpty() ? List.of() : HeaderText.decodeList(text);
    }

    private static Map<String, String> extended(Map<String, String> user) {
        Map<String, String> extended = new HashMap<>();
        user.forEach((name, value) -> {
            if (!name.startsWith(OURS)) {
                extended.put(name, value);
            }
        });
        for (String pair : user.getOrDefault(EXTENDED, "").split("&", -1)) {
            int at = pair.indexOf('=');
            if (at > 0) {
                extended.put(HeaderText.decode(pair.substring(0, at)), HeaderText.decode(pair.substring(at + 1)));
            }
        }
        return extended;
    }
}
