package io.hermes.worker.testing;

import io.hermes.contract.provider.MeasuredCapabilities;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.testing.RegistryStandIn;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Registers providers with the registry's stand-in. */
public final class Providers {

    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final MeasuredCapabilities EVERYTHING =
            new MeasuredCapabilities(true, true, true, true, true, false, false, false, true, false, Instant.EPOCH);

    private Providers() {}

    /** Registers a provider that was measured to be able to do everything. */
    public static UUID register(String type, Map<String, String> config, Map<String, String> secrets) {
        return register(type, true, config, secrets);
    }

    /** Registers a provider that may only be read. */
    public static UUID registerReadOnly(String type, Map<String, String> config, Map<String, String> secrets) {
        return register(type, false, config, secrets);
    }

    private static UUID register(
            String type, boolean writable, Map<String, String> config, Map<String, String> secrets) {
        UUID uuid = UUID.randomUUID();
        RegistryStandIn.put(provider(uuid, type, 1, ProviderStatus.ACTIVE, writable, config, secrets));
        return uuid;
    }

    /** Gives a writable provider without secrets another status, in a version of its own. */
    public static void change(UUID uuid, String type, Map<String, String> config, long version, ProviderStatus status) {
        RegistryStandIn.put(provider(uuid, type, version, status, true, config, Map.of()));
    }

    private static ResolvedProvider provider(
            UUID uuid,
            String type,
            long version,
            ProviderStatus status,
            boolean writable,
            Map<String, String> config,
            Map<String, String> secrets) {
        return new ResolvedProvider(
                NUMBERS.incrementAndGet(),
                uuid,
                "provider-" + uuid,
                type,
                version,
                status,
                writable,
                config,
                secrets,
                EVERYTHING,
                false);
    }
}
