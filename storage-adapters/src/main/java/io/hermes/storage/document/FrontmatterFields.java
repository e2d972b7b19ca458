package io.hermes.storage.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentMetadata;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Maps the fields of RFC-084's frontmatter to the document model. A field is taken out of the map when it was understood; what is left
 * (unknown, a second spelling, a date that is none) stays as extended metadata, so that nothing that was said gets lost.
 */
final class FrontmatterFields {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final char DAMAGED = '\uFFFD';

    private final Map<String, Object> left = new LinkedHashMap<>();

    private FrontmatterFields(Map<?, ?> fields) {
        fields.forEach((name, value) -> {
            if (name instanceof String text && isClean(text) && !text.isBlank()) {
                left.put(text, value);
            }
        });
    }

    static DocumentMetadata toMetadata(Map<?, ?> fields) {
        FrontmatterFields taken = new FrontmatterFields(fields);
        return new DocumentMetadata.Builder()
                .uuid(taken.take(FrontmatterFields::uuid, "hermes-uuid", "uuid"))
                .name(taken.take(FrontmatterFields::text, "title", "name"))
                .createdTime(taken.take(FrontmatterFields::instant, "created"))
                .modifiedTime(taken.take(FrontmatterFields::instant, "updated", "modified"))
                .owner(taken.take(FrontmatterFields::text, "owner", "author"))
                .owningTeam(taken.take(FrontmatterFields::text, "owning_team"))
                .contributors(taken.takeAll("contributors"))
                .project(taken.take(FrontmatterFields::text, "project", "project_id"))
                .type(taken.take(FrontmatterFields::text, "type", "document_type"))
                .tags(taken.takeAll("tags"))
                .syncStatus(taken.take(FrontmatterFields::text, "sync_status"))
                .workflowStatus(taken.take(FrontmatterFields::text, "workflow_status", "status"))
                .contentHash(taken.take(FrontmatterFields::hash, "content_hash"))
                .extended(taken.rest())
                .build();
    }

    /** The first of these fields that can be read, or {@code null} for the builder. */
    private <T> T take(Function<Object, Optional<T>> reader, String... names) {
        for (String name : names) {
            Optional<T> value = Optional.ofNullable(left.get(name)).flatMap(reader);
            if (value.isPresent()) {
                left.remove(name);
                return value.get();
            }
        }
        return null;
    }

    private List<String> takeAll(String name) {
        List<String> values = take(FrontmatterFields::texts, name);
        return values == null ? List.of() : values;
    }

    private Map<String, String> rest() {
        Map<String, String> rest = new LinkedHashMap<>();
        left.forEach((name, value) -> printed(value).ifPresent(text -> rest.put(name, text)));
        return rest;
    }

    private static Optional<String> text(Object value) {
        return value instanceof String text && !text.isBlank() && isClean(text)
                ? Optional.of(text.strip())
                : Optional.empty();
    }

    /** A list of words, or words separated by commas. */
    private static Optional<List<String>> texts(Object value) {
        Stream<?> parts = switch (value) {
            case Collection<?> list -> list.stream();
            case String line -> Stream.of(line.split(","));
            default -> Stream.empty();
        };
        List<String> texts = parts.flatMap(part -> text(part).stream()).toList();
        return texts.isEmpty() ? Optional.empty() : Optional.of(texts);
    }

    private static Optional<UUID> uuid(Object value) {
        return text(value).flatMap(UuidText::any);
    }

    private static Optional<ContentHash> hash(Object value) {
        try {
            return text(value).map(ContentHash::parse);
        } catch (IllegalArgumentException noHash) {
            return Optional.empty();
        }
    }

    /** An ISO 8601 date or time; without an offset it is UTC, because the machine's own zone would differ between replicas. */
    private static Optional<Instant> instant(Object value) {
        return text(value).flatMap(text -> {
            String iso = text.replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) +", "$1T");
            return parsed(() -> OffsetDateTime.parse(iso).toInstant())
                    .or(() -> parsed(() -> LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC)))
                    .or(() -> parsed(() ->
                            LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant()));
        });
    }

    private static Optional<Instant> parsed(Supplier<Instant> parser) {
        try {
            return Optional.of(parser.get());
        } catch (DateTimeException otherForm) {
            return Optional.empty();
        }
    }

    private static Optional<String> printed(Object value) {
        if (!(value instanceof Collection<?>) && !(value instanceof Map<?, ?>)) {
            return text(value);
        }
        try {
            return Optional.of(JSON.writeValueAsString(value)).filter(FrontmatterFields::isClean);
        } catch (JsonProcessingException unprintable) {
            return Optional.empty();
        }
    }

    /** Text that databases and messages can hold, and that came out of its bytes whole. */
    private static boolean isClean(String text) {
        return text.codePoints()
                .noneMatch(point -> point == 0
                        || point == DAMAGED
                        || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
    }
}
