package io.hermes.registry.secret;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a secret is that is not kept here. */
sealed interface SecretReference {

    /** What every stored reference begins with. */
    String PREFIX = "ref:";

    /** {@code env:NAME}: a variable of the registry's environment. */
    record Environment(String name) implements SecretReference {}

    /** {@code file:NAME}: a file below the folder of secrets. */
    record File(String name) implements SecretReference {}

    /** {@code vault:MOUNT/PATH#FIELD}: a field of a secret in Vault's key-value engine. */
    record Vault(String mount, String path, String field) implements SecretReference {}

    /** A part of a path that cannot leave the place that it names: neither empty nor {@code .} nor {@code ..}. */
    String SEGMENT = "(?!\\.{1,2}(?:[/#]|$))[A-Za-z0-9._-]+";

    /** The three forms. */
    Pattern FORM = Pattern.compile("env:(?<variable>[A-Za-z_][A-Za-z0-9_]{0,199})"
            + "|file:(?<file>" + SEGMENT + "(?:/" + SEGMENT + "){0,9})"
            + "|vault:(?<mount>[A-Za-z0-9_-]+)/(?<path>" + SEGMENT + "(?:/" + SEGMENT
            + "){0,19})#(?<field>[A-Za-z0-9._-]+)");

    /** Reads {@code env:…}, {@code file:…} or {@code vault:…}; empty if it is none of them. */
    static Optional<SecretReference> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(read(form)) : Optional.empty();
    }

    private static SecretReference read(Matcher form) {
        if (form.group("variable") != null) {
            return new Environment(form.group("variable"));
        }
        return form.group("file") != null
                ? new File(form.group("file"))
                : new Vault(form.group("mount"), form.group("path"), form.group("field"));
    }
}
