package io.hermes.contract.provider;

import java.util.UUID;

/**
 * The value of a record on {@code hermes.provider-events}: how a provider stands since it, or the health of its store, has changed. Whoever
 * has the provider's settings at an older version asks the registry for them again; where the version is the one that is known, nothing but
 * the health is new. A record without a value tells that the provider was deleted.
 *
 * @param version version of the record's form, 1 at present
 * @param providerUuid which provider, also the record's key
 * @param providerName its name
 * @param providerVersion the settings' version after the change; a change of health leaves it as it is
 * @param status what it may be used for after the change, so that whoever cannot ask the registry at once does not do what is forbidden now
 * @param healthStatus how its store is after the change, {@link StoreHealth#UNKNOWN} also in records of registries that did not tell it
 */
public record ProviderChanged(
        int version,
        UUID providerUuid,
        String providerName,
        long providerVersion,
        ProviderStatus status,
        StoreHealth healthStatus) {

    public ProviderChanged {
        healthStatus = healthStatus == null ? StoreHealth.UNKNOWN : healthStatus;
    }
}
