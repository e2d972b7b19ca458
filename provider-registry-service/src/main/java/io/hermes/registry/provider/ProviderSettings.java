package io.hermes.registry.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.edge.problem.Violation;
import io.hermes.registry.secret.Secrets;
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
 * @param secrets secret settings by snake_case name, as {@link Secrets} stores them
 */
record ProviderSettings(Map<String, JsonNode> config, Map<String, String> secrets) {

    static final ProviderSettings EMPTY = new ProviderSettings(Map.of(), Map.of());

    /** Where the secrets are sent to: whoever changes it must know them, or they could be made to travel to a stranger. */
    private static final Set<String> DESTINATIONS =
            Set.of("endpoint", "sts_endpoint", "use_ssl", "insecure_skip_verify", "ca_cert_path", "dynamodb_endpoint");

    private static final String MASK = "$secret";
    private static final String REFERENCE = "ref";
    private static final Pattern MASKED = Pattern.compile("\\*+|•+");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /**
     * These settings with a merge patch applied: an omitted key stays, {@code null} removes, a value replaces. The mask that a GET
     * shows in a secret's place means "as it is", so that what was read can be edited and sent back; {@code {"ref": "env:NAME"}} says
     * where the secret is instead of what it is.
     *
     * @param violations gets every impossible value; what it is written like, the type's schema judges
     * @throws io.hermes.edge.problem.ApiProblem 503 if there is no key to seal with
     */
    ProviderSettings merge(Map<String, JsonNode> patch, SecretFields fields, List<Violation> violations) {
        Map<String, JsonNode> mergedConfig = new LinkedHashMap<>(config);
        Map<String, String> mergedSecrets = new HashMap<>(secrets);
        patch.forEach((key, value) -> {
            String problem = fields.holds(key) ? problemOfSecret(key, value, fields) : problemOf(value);
            if (problem != null) {
                violations.add(Violation.body(List.of("config", key), problem));
            } else if (value.isNull()) {
                mergedConfig.remove(key);
                mergedSecrets.remove(key);
            } else if (!fields.holds(key)) {
                mergedConfig.put(key, value);
            } else if (isReference(value)) {
                mergedSecrets.put(key, Secrets.refer(value.get(REFERENCE).textValue()));
            } else if (value.isTextual()) {
                mergedSecrets.put(key, fields.sealed(key, value.textValue()));
            }
        });
        ProviderSettings merged = new ProviderSettings(mergedConfig, mergedSecrets);
        violations.addAll(merged.secretsNotSentAgain(this, patch));
        return merged;
    }

    private static String problemOf(JsonNode value) {
        return CONTROL.matcher(value.asText()).find() ? "must not hold control characters" : null;
    }

    private String problemOfSecret(String key, JsonNode value, SecretFields fields) {
        if (value.isNull()) {
            return null;
        }
        if (value.isObject() && value.has(MASK)) {
            return secrets.containsKey(key)
                    ? null
                    : "is the mask of a secret, but none is stored; send the secret itself";
        }
        if (isReference(value)) {
            return fields.problemOfReference(value.get(REFERENCE).textValue());
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            return "must be a string that is not empty, or {\"ref\": \"env:NAME\"}";
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
                                !patch.containsKey(key) || !(patch.get(key).isTextual() || isReference(patch.get(key))))
                        .sorted()
                        .map(key ->
                                Violation.body(List.of("config", key), "must be sent again when the endpoint changes"))
                        .toList();
    }

    private static boolean isReference(JsonNode value) {
        return value.isObject() && value.size() == 1 && value.path(REFERENCE).isTextual();
    }

    /** What the public API shows: that a secret is set, and where it is if it is elsewhere. */
    static SortedMap<String, JsonNode> masked(Map<String, JsonNode> config, Map<String, String> secrets) {
        SortedMap<String, JsonNode> shown = new TreeMap<>(config);
        secrets.forEach((name, stored) -> {
            ObjectNode mask = JsonNodeFactory.instance.objectNode().put(MASK, "set");
            Secrets.reference(stored).ifPresent(reference -> mask.put(REFERENCE, reference));
            shown.put(name, mask);
        });
        return shown;
    }

    /** As a type's schema sees them: some text in the place of a secret, so that nothing can be said about the secret itself. */
    ObjectNode described(Set<String> furtherSecrets) {
        ObjectNode described = JsonNodeFactory.instance.objectNode();
        config.forEach(described::set);
        secrets.keySet().forEach(name -> described.put(name, MASK));
        furtherSecrets.forEach(name -> described.put(name, MASK));
        return described;
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
