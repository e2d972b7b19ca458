package io.hermes.storage.s3;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an object says that its document's metadata is kept, in a header of ours. */
sealed interface KeptIn {

    /** Name of the header. */
    String HEADER = "hermes-kept-in";

    /** In the object's own user metadata, all of it. */
    record Itself() implements KeptIn {}

    /** Some of it, or the hash alone, in the object's tags. */
    record Tags() implements KeptIn {}

    /**
     * In the object's own user metadata as far as that goes, and entirely in its manifest.
     *
     * @param write names the write; a manifest of another write speaks of other bytes
     * @param only how many values stand only in the manifest
     */
    record Manifest(String write, int only) implements KeptIn {}

    /** Most bytes that the header takes, its name included. */
    int MOST_BYTES = 64;

    /** The header's value for objects with tags. */
    String TAGS = "tags";

    Pattern MANIFEST = Pattern.compile("manifest/([0-9a-f]{16})/(\\d{1,9})");

    /** What the header says; the object itself where there is none, or one that makes no sense. */
    static KeptIn of(Map<String, String> user) {
        String text = S3Metadata.header(user, HEADER).orElse("");
        Matcher manifest = MANIFEST.matcher(text);
        if (manifest.matches()) {
            return new Manifest(manifest.group(1), Integer.parseInt(manifest.group(2)));
        }
        return text.equals(TAGS) ? new Tags() : new Itself();
    }

    /** The header's value, if one is needed. */
    default Optional<String> text() {
        return switch (this) {
            case Itself itself -> Optional.empty();
            case Tags tags -> Optional.of(TAGS);
            case Manifest manifest -> Optional.of("manifest/" + manifest.write() + "/" + manifest.only());
        };
    }
}
