package io.hermes.registry.provider;

import java.util.UUID;
import java.util.regex.Pattern;

/** How a path names a provider: by number, UUID or unique name. The three cannot be mistaken for each other. */
public sealed interface ProviderRef {

    /** By number. */
    record ById(long id) implements ProviderRef {}

    /** By UUID. */
    record ByUuid(UUID uuid) implements ProviderRef {}

    /** By name. */
    record ByName(String name) implements ProviderRef {}

    /** Letters, digits, dot, underscore, hyphen; neither a number nor a UUID. */
    Pattern NAME = Pattern.compile("(?!\\d+$)[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** A UUID in its 36 characters, either case. */
    Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /**
     * Reads a path segment.
     *
     * @throws io.hermes.edge.problem.ApiProblem 404 if it can be none of the three
     */
    static ProviderRef parse(String segment) {
        if (segment.matches("\\d{1,18}")) {
            return new ById(Long.parseLong(segment));
        }
        if (UUID_FORM.matcher(segment).matches()) {
            return new ByUuid(UUID.fromString(segment));
        }
        if (NAME.matcher(segment).matches()) {
            return new ByName(segment);
        }
        throw ProviderProblems.unknown();
    }

    /** Whether a provider may be called this. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !UUID_FORM.matcher(name).matches();
    }
}
