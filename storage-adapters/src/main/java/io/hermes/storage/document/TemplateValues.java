package io.hermes.storage.document;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** What the variables of a template stand for with one document. */
record TemplateValues(UUID uuid, DocumentKey source, DocumentMetadata metadata, Instant modified) {

    private static final Pattern SEPARATING = Pattern.compile("[\\s\\p{Cc}/\\\\:*?<>|]");
    private static final Pattern ONLY_DOTS = Pattern.compile("\\.*");

    String uuidText() {
        return uuid.toString();
    }

    /** The title, else the file name; without the source's extension, which the template adds where it is wanted. */
    String name() {
        String name = metadata.name().orElseGet(source::name);
        String suffix = "." + extension();
        boolean repeated = suffix.length() > 1
                && name.length() > suffix.length()
                && name.regionMatches(true, name.length() - suffix.length(), suffix, 0, suffix.length());
        return sanitised(repeated ? name.substring(0, name.length() - suffix.length()) : name);
    }

    String path() {
        return source.value();
    }

    /** What follows the last dot of the file name; a name like {@code .profile} has none. */
    String extension() {
        String name = source.name();
        int dot = name.lastIndexOf('.');
        return dot <= 0 || dot == name.length() - 1 ? "" : sanitised(name.substring(dot + 1));
    }

    String project() {
        return known(metadata.project());
    }

    String type() {
        return known(metadata.type());
    }

    String year() {
        int year =
                metadata.createdTime().orElse(modified).atOffset(ZoneOffset.UTC).getYear();
        return String.format(Locale.ROOT, "%04d", year);
    }

    private static String known(Optional<String> value) {
        return value.map(TemplateValues::sanitised).orElse(PathTemplate.UNKNOWN);
    }

    /**
     * One piece of a segment: the specification's characters become {@code -}, quotes go, and what would be {@code .} or {@code ..} or
     * nothing at all becomes {@code -}.
     */
    private static String sanitised(String value) {
        String piece = SEPARATING.matcher(value.strip()).replaceAll("-").replace("\"", "");
        return ONLY_DOTS.matcher(piece).matches() ? "-" : piece;
    }
}
