package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentMetadata;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A document's metadata as the ten tags that S3 allows an object (names of SPEC §1.3), and what is left for its user metadata.
 *
 * <p>Tags that others gave an object are extended metadata {@code tag.<name>}; they become tags of the same name again where there is
 * room beside ours.
 *
 * @param tags at most ten, within S3's lengths and alphabet
 * @param rest what they do not hold
 */
record TagSet(Map<String, String> tags, DocumentMetadata rest) {

    static final String UUID_TAG = "hermes-uuid";
    static final String NAME = "hermes-name";
    static final String CREATED = "hermes-created";
    static final String HASH = "hermes-hash";
    static final String SYNC_STATUS = "hermes-sync-status";
    static final String PROJECT = "hermes-project";
    static final String EXTENDED = "hermes-ext-metadata";

    /** Extended metadata of such a name is a tag of somebody else's. */
    static final String FOREIGN = "tag.";

    private static final int MOST = 10;
    private static final String SEPARATORS = " :";

    /** @param hash of the bytes; if it is not known yet, room is left for it */
    static TagSet of(DocumentMetadata metadata, Optional<ContentHash> hash) {
        Map<String, String> tags = new LinkedHashMap<>();
        DocumentMetadata.Builder rest = metadata.toBuilder();
        if (put(tags, UUID_TAG, metadata.uuid().map(UUID::toString))) {
            rest.uuid(null);
        }
        if (put(tags, NAME, metadata.name())) {
            rest.name(null);
        }
        if (put(tags, CREATED, metadata.createdTime().map(Instant::toString))) {
            rest.createdTime(null);
        }
        if (put(tags, SYNC_STATUS, metadata.syncStatus())) {
            rest.syncStatus(null);
        }
        if (put(tags, PROJECT, metadata.project())) {
            rest.project(null);
        }
        put(tags, HASH, hash.map(ContentHash::hex));
        int taken = hash.isPresent() ? tags.size() : tags.size() + 1;
        rest.extended(extended(tags, MOST - taken, metadata.extended()));
        return new TagSet(tags, rest.build());
    }

    private static boolean put(Map<String, String> tags, String name, Optional<String> value) {
        return putText(tags, name, value.map(TagText::encode).orElse(""));
    }

    /** Whether it is there now: an empty tag says nothing, and a long one is refused with the whole document. */
    private static boolean putText(Map<String, String> tags, String name, String text) {
        boolean fits = !text.isEmpty() && text.length() <= TagText.MAX_VALUE;
        if (fits) {
            tags.put(name, text);
        }
        return fits;
    }

    /** Ours all in one tag or not at all, so that nobody has to look for one half of it elsewhere; then others' tags. */
    private static Map<String, String> extended(Map<String, String> tags, int room, Map<String, String> extended) {
        Map<String, String> own = new TreeMap<>();
        Map<String, String> rest = new TreeMap<>();
        Map<String, String> foreign = new TreeMap<>();
        extended.forEach((name, value) -> {
            boolean tag = name.startsWith(FOREIGN) && TagText.isPlain(name.substring(FOREIGN.length()), value);
            (tag ? foreign : name.isEmpty() ? rest : own).put(name, value);
        });
        if (!putText(tags, EXTENDED, pack(own))) {
            rest.putAll(own);
        }
        int left = room - (tags.containsKey(EXTENDED) ? 1 : 0);
        for (Map.Entry<String, String> tag : foreign.entrySet()) {
            if (left-- > 0) {
                tags.put(tag.getKey().substring(FOREIGN.length()), tag.getValue());
            } else {
                rest.put(tag.getKey(), tag.getValue());
            }
        }
        return rest;
    }

    private static String pack(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair ->
                        TagText.encode(pair.getKey(), SEPARATORS) + ":" + TagText.encode(pair.getValue(), SEPARATORS))
                .collect(Collectors.joining(" "));
    }

    /** The metadata that an object's user metadata told, with what its tags add to it. */
    static DocumentMetadata read(Map<String, String> tags, DocumentMetadata own) {
        Map<String, String> extended = new HashMap<>(own.extended());
        tags.forEach((name, value) -> {
            if (!name.startsWith(S3Metadata.OURS)) {
                extended.put(FOREIGN + name, value);
            }
        });
        unpack(tags.getOrDefault(EXTENDED, ""), extended);
        return own.toBuilder()
                .uuid(read(tags, UUID_TAG, UUID::fromString).or(own::uuid).orElse(null))
                .name(read(tags, NAME, Function.identity()).or(own::name).orElse(null))
                .createdTime(
                        read(tags, CREATED, Instant::parse).or(own::createdTime).orElse(null))
                .syncStatus(read(tags, SYNC_STATUS, Function.identity())
                        .or(own::syncStatus)
                        .orElse(null))
                .project(read(tags, PROJECT, Function.identity())
                        .or(own::project)
                        .orElse(null))
                // Anybody may change a tag; what was sent with the bytes cannot change without them.
                .contentHash(own.contentHash()
                        .or(() -> read(tags, HASH, ContentHash::parse))
                        .orElse(null))
                .extended(extended)
                .build();
    }

    private static <T> Optional<T> read(Map<String, String> tags, String name, Function<String, T> parse) {
        return S3Metadata.sensible(tags.get(name), text -> parse.apply(TagText.decode(text)));
    }

    private static void unpack(String packed, Map<String, String> into) {
        for (String pair : packed.split(" ", -1)) {
            int at = pair.indexOf(':');
            if (at > 0) {
                into.put(TagText.decode(pair.substring(0, at)), TagText.decode(pair.substring(at + 1)));
            }
        }
    }
}
