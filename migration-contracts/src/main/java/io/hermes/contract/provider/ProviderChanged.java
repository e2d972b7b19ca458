package io.hermes.contract.provider;

import java.util.UUID;

/**
 * The value of a record on {@code hermes.provider-events}: whoever has the provider's settings at an older version asks the registry for
 * them again. A record without a value tells that the provider was deleted.
 *
 * @param version version of the record's form, 1 at present
 * @param providerUuid which provider, also the record's key
 * @param providerName its name
 * @param providerVersion the settings' version after the change
 * @param status what it may be used for after the change, so that whoever cannot ask the registry at once does not do what is forbidden now
 */
public record ProviderChanged(
        int version, UUID providerUuid, String providerName, long providerVersion, ProviderStatus status) {}
