package io.hermes.storage.document;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the key that a document gets at its destination.
 *
 * <p>Variables: <code>{uuid} {name} {path} {ext} {project} {type} {year}</code>. Each stands for one sanitised piece of a segment, so that
 * no value can make folders or leave the prefix; only <code>{path}</code> is the source's key verbatim. A project, type or year that is not
 * known is the word {@value #UNKNOWN}; where there is no extension, the dot before <code>{ext}</code> goes too.
 */
public final class PathTemplate {

    // Before DEFAULT, which is parsed with it.
    private static final Pattern PART = Pattern.compile("\\{([^{}]*)}|[^{}]+|[{}]");

    /** The setting that holds a template. */
    public static final String SETTING = "path_template";

    /** Stands for a project, type or year that the document does not tell. */
    public static final String UNKNOWN = "unknown";

    /** What a provider without a {@link #SETTING} uses. */
    public static final PathTemplate DEFAULT = parse("{uuid}.md");

    private final String template;
    private final List<TemplatePart> parts;

    private PathTemplate(String template, List<TemplatePart> parts) {
        this.template = template;
        this.parts = parts;
    }

    /**
     * The template of a store with these settings.
     *
     * @throws StorageException as {@link #parse} does
     */
    public static PathTemplate of(Map<String, String> settings) {
        return Optional.ofNullable(settings.get(SETTING))
                .map(PathTemplate::parse)
                .orElse(DEFAULT);
    }

    /**
     * Reads a template.
     *
     * @throws StorageException {@link ErrorKind#CONFIG_INVALID} if a variable is unknown, a brace is alone, no variable tells documents
     *     apart, or the result could never be a key
     */
    public static PathTemplate parse(String template) {
        List<TemplatePart> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(template);
        while (matcher.find()) {
            parts.add(partOf(template, matcher));
        }
        if (parts.stream().noneMatch(TemplatePart::tellsDocumentsApart)) {
            throw invalid(template, "use at least one of {uuid}, {path} and {name}, or all documents get one key");
        }
        PathTemplate parsed = new PathTemplate(template, List.copyOf(parts));
        parsed.requireKey();
        return parsed;
    }

    private static TemplatePart partOf(String template, Matcher matcher) {
        String variable = matcher.group(1);
        if (variable != null) {
            return TemplateVariable.of(variable)
                    .orElseThrow(() -> invalid(
                            template, "there is no {" + variable + "}; known are " + TemplateVariable.spelled()));
        }
        if (matcher.group().equals("{") || matcher.group().equals("}")) {
            throw invalid(template, "a brace stands alone");
        }
        return new TemplatePart.Literal(matcher.group());
    }

    /** Tries the template with a harmless document, so that {@code /x}, {@code a//b} and {@code ../x} are found at registration. */
    private void requireKey() {
        try {
            DocumentKey unused =
                    render(new UUID(0, 1), new DocumentKey("sample.md"), DocumentMetadata.NONE, Instant.EPOCH);
        } catch (StorageException noKey) {
            throw invalid(
                    template,
                    "its result is no key: no leading or trailing /, no empty, '.' or '..' segment, no '.hermes-'");
        }
    }

    /**
     * The destination key of a document.
     *
     * @param uuid the document's identity
     * @param source its key at the source
     * @param metadata what is known about it
     * @param modified when the source last changed it; gives the year if no creation time is known
     * @throws StorageException {@link ErrorKind#KEY_INVALID} if the result is no key or one of our own reserved names
     */
    public DocumentKey render(UUID uuid, DocumentKey source, DocumentMetadata metadata, Instant modified) {
        TemplateValues values = new TemplateValues(uuid, source, metadata, modified);
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> append(text, part, values));
        DocumentKey key = new DocumentKey(text.toString());
        if (key.isReserved()) {
            throw new StorageException(
                    ErrorKind.KEY_INVALID, "key", key.value(), "names that begin with '.hermes-' are reserved");
        }
        return key;
    }

    private static void append(StringBuilder text, TemplatePart part, TemplateValues values) {
        String value = part.value(values);
        boolean danglingDot = value.isEmpty()
                && part == TemplateVariable.EXT
                && text.toString().endsWith(".");
        text.setLength(danglingDot ? text.length() - 1 : text.length());
        text.append(value);
    }

    private static StorageException invalid(String template, String detail) {
        return new StorageException(ErrorKind.CONFIG_INVALID, SETTING, template, detail);
    }

    /** Whether {@link #parse} takes this text, and if not, why. */
    public static Optional<String> problemOf(String template) {
        try {
            PathTemplate unused = parse(template);
            return Optional.empty();
        } catch (StorageException invalid) {
            return Optional.of(invalid.getMessage());
        }
    }

    @Override
    public String toString() {
        return template;
    }
}
