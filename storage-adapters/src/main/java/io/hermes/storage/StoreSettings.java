package io.hermes.storage;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Everything needed to open a store. The keys are the specification's snake_case names (SPEC §1.4).
 *
 * @param providerUuid identity of the provider, the name space of derived document UUIDs
 * @param providerName for messages
 * @param type selects the {@link StoreFactory}
 * @param writable {@code false} puts the store behind a guard that refuses writes and deletes
 * @param config settings that anyone may see
 * @param secrets settings that nobody may see
 * @param measured what the registration probe saw, absent if it has not run
 */
public record StoreSettings(
        UUID providerUuid,
        String providerName,
        String type,
        boolean writable,
        Map<String, String> config,
        Map<String, Secret> secrets,
        Optional<ProbeReport.Measured> measured) {

    public StoreSettings {
        config = Map.copyOf(config);
        secrets = Map.copyOf(secrets);
    }
}
