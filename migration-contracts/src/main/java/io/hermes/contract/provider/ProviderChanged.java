package io.hermes.contract.provider;

import java.util.UUID;

/**
 * The value of a record on {@code hermes.provider-events}: whoever caches the provider's settings at an older version drops them.
 *
 * @param version version of the record's form, 1 at present
 * @param providerUuid which provider, also the record's key
 * @param providerName its name
 * @param providerVersion the settings' version after the change
 */
public record ProviderChanged(int version, UUID providerUuid, String providerName, long providerVersion) {}
