package io.hermes.registry.provider;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.registry.secret.SecretPlace;
import io.hermes.registry.secret.Secrets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The secret settings of one provider.
 *
 * @param provider whose they are
 * @param names which settings of its type are secret
 */
record SecretFields(UUID provider, Set<String> names, Secrets secrets) {

    boolean holds(String name) {
        return names.contains(name);
    }

    /** Those that a patch sets, rightly or wrongly. */
    Set<String> givenIn(Map<String, JsonNode> patch) {
        return patch.keySet().stream()
                .filter(name -> holds(name) && !patch.get(name).isNull())
                .collect(Collectors.toSet());
    }

    String sealed(String name, String secret) {
        return secrets.seal(new SecretPlace(provider, name), secret);
    }

    /** What is wrong with a reference, {@code null} if nothing is. */
    String problemOfReference(String reference) {
        return secrets.problemOfReference(reference).orElse(null);
    }
}
