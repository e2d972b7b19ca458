package io.hermes.registry.provider;

import io.hermes.registry.secret.SecretPlace;
import io.hermes.registry.secret.Secrets;
import java.util.Set;
import java.util.UUID;

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

    String sealed(String name, String secret) {
        return secrets.seal(new SecretPlace(provider, name), secret);
    }

    /** What is wrong with a reference, {@code null} if nothing is. */
    String problemOfReference(String reference) {
        return secrets.problemOfReference(reference).orElse(null);
    }
}
