package io.hermes.registry.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hermes.edge.problem.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The settings of a provider, apart: what anyone may see, and what nobody may see.
 *
 * @param config settings by snake_case name; strings, numbers and booleans as they were given
 * @param secrets secret settings by snake_case name
 */
record ProviderSettings(Map<String, JsonNode> config, Map<String, String> secrets) {

    static final ProviderSettings EMPTY = new ProviderSettings(Map.of(), Map.of());

    /** Where the secrets are sent to: whoever changes it must know them, or they could be made to travel to a stranger. */
    private static final Set<String> DESTINATIONS =
            Set.of("endpoint", "use_ssl", "insecure_skip_verify", "ca_cert_path", "dynamodb_endpoint");

    private static final String MASK = "$secret";
    private static final Pattern MASKED = Pattern.compile("\\*+|•+");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /**
     * These settings with a merge patch applied: an omitted key stays, {@code null} removes, a value replaces. The mask that a GET
     * shows in a secret's place means "as it is", so that what was read can be edited and sent back.
     *
     * @throws io.hermes.edge.problem.ApiProblem 400 naming every key with an impossible value
     */
    ProviderSettings merge(Map<String, JsonNode> patch, Set<String> secretKeys) {
        Map<String, JsonNode> mergedConfig = new LinkedHashMap<>(config);
        Map<String, String> mergedSecrets = new HashMap<>(secrets);
        List<Violation> violations = new ArrayList<>();
        patch.forEach((key, value) -> {
            String problem = problemOf(key, value, secretKeys.contains(key));
            if (problem != null) {
                violations.add(Violation.body("config." + key, problem));
            } else if (value.isNull()) {
                mergedConfig.remove(key);
                mergedSecrets.remove(key);
            } else if (!secretKeys.contains(key)) {
                mergedConfig.put(key, value);
            } else if (value.isTextual()) {
                mergedSecrets.put(key, value.textValue());
            }
        });
        ProviderSettings merged = new ProviderSettings(mergedConfig, mergedSecrets);
        violations.addAll(merged.secretsNotSentAgain(this, patch));
        if (!violations.isEmpty()) {
            throw Violation.problem(violations);
        }
        return merged;
    }

    private String problemOf(String key, JsonNode value, boolean secret) {
        if (value.isNull()) {
            return null;
        }
        if (secret) {
            return problemOfSecret(key, value);
        }
        if (!value.isTextual() && !value.isNumber() && !value.isBoolean()) {
            return "must be a string, a number or a boolean";
        }
        return CONTROL.matcher(value.asText()).find() ? "must not hold control characters" : null;
    }

    private String problemOfSecret(String key, JsonNode value) {
        if (value.isObject() && value.has(MASK)) {
            return secrets.containsKey(key)
                    ? null
                    : "is the mask of a secret, but none is stored; send the secret itself";
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            return "must be a string that is not empty";
        }
        if (MASKED.matcher(value.textValue()).matches()) {
            return "is a masked value; send the secret itself, or leave the key out to keep it";
        }
        return CONTROL.matcher(value.textValue()).find() ? "must not hold control characters or line ends" : null;
    }

    private List<Violation> secretsNotSentAgain(ProviderSettings before, Map<String, JsonNode> patch) {
        boolean sameDestination = DESTINATIONS.stream()
                .allMatch(key -> java.util.Objects.equals(config.get(key), before.config.get(key)));
        return sameDestination
                ? List.of()
                : before.secrets.keySet().stream()
                        .filter(secrets::containsKey)
                        .filter(key ->
                                !patch.containsKey(key) || !patch.get(key).isTextual())
                        .sorted()
                        .map(key -> Violation.body("config." + key, "must be sent again when the endpoint changes"))
                        .toList();
    }

    /** What the public API shows. */
    static SortedMap<String, JsonNode> masked(Map<String, JsonNode> config, Set<String> secretNames) {
        SortedMap<String, JsonNode> shown = new TreeMap<>(config);
        secretNames.forEach(
                name -> shown.put(name, JsonNodeFactory.instance.objectNode().put(MASK, "set")));
        return shown;
    }

    /** What a store factory takes. */
    static Map<String, String> asText(Map<String, JsonNode> config) {
        Map<String, String> text = new HashMap<>();
        config.forEach((key, value) -> text.put(key, value.asText()));
        return text;
    }

    @Override
    public String toString() {
        return "ProviderSettings[" + config.keySet() + ", " + secrets.keySet() + "]";
    }
}
