package io.hermes.cli.conversion;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One provider of {@code providers.yaml}; all values are YAML.
 *
 * @param name {@code providerName} as a plain text
 * @param fields the others, except for the two below
 * @param config settings of the type
 * @param capabilities what it is said to offer
 */
record Store(String name, Map<String, String> fields, Map<String, String> config, Map<String, String> capabilities) {

    static final String PRIMARY = "isPrimary";

    Store(String name) {
        this(name, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    boolean isPrimary() {
        return "true".equals(fields.get(PRIMARY));
    }

    /** Lines of the file. */
    String yaml() {
        StringBuilder yaml =
                new StringBuilder("- providerName: ").append(Yaml.text(name)).append('\n');
        fields.forEach((key, value) -> yaml.append("  " + key + ": " + value + "\n"));
        add(yaml, "config", config);
        add(yaml, "capabilities", capabilities);
        return yaml.toString();
    }

    private static void add(StringBuilder yaml, String name, Map<String, String> members) {
        if (!members.isEmpty()) {
            yaml.append("  " + name + ":\n");
            members.forEach((key, value) -> yaml.append("    " + key + ": " + value + "\n"));
        }
    }
}
