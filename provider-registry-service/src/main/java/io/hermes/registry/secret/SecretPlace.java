package io.hermes.registry.secret;

import java.util.UUID;

/**
 * Where a secret belongs.
 *
 * @param provider the provider's public id, which never changes
 * @param field the setting, such as {@code secret_key}
 */
public record SecretPlace(UUID provider, String field) {}
