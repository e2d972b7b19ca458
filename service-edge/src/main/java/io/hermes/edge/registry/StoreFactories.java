package io.hermes.edge.registry;

import io.hermes.contract.provider.MeasuredCapabilities;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.Secret;
import io.hermes.storage.StorageException;
import io.hermes.storage.StoreFactory;
import io.hermes.storage.StoreSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The provider types that this service was built with. */
@ApplicationScoped
public class StoreFactories {

    private final SortedMap<String, StoreFactory> byType = new TreeMap<>();

    StoreFactories(@Any Instance<StoreFactory> factories) {
        factories.forEach(factory -> byType.put(factory.type(), factory));
    }

    /** The types by name. */
    public SortedSet<String> types() {
        return new TreeSet<>(byType.keySet());
    }

    /** The factory of a type. */
    public Optional<StoreFactory> of(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    /**
     * Opens a provider's store; does no I/O, but may load a client, so not on an event loop.
     *
     * @throws StorageException {@link ErrorKind#CONFIG_INVALID} for a type that is not known here, or settings that make no sense
     */
    public DocumentStore open(ResolvedProvider provider) {
        return of(provider.providerType())
                .orElseThrow(() -> new StorageException(
                        ErrorKind.CONFIG_INVALID,
                        "open",
                        provider.providerName(),
                        "this service knows no provider type '" + provider.providerType() + "', only " + types()))
                .open(settings(provider));
    }

    /** What a factory needs. A provider that is readonly or disabled is opened behind the guard that refuses writes. */
    public static StoreSettings settings(ResolvedProvider provider) {
        return new StoreSettings(
                provider.providerUuid(),
                provider.providerName(),
                provider.providerType(),
                provider.writable() && mayWrite(provider.status()),
                provider.config(),
                provider.secrets().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, secret -> Secret.of(secret.getValue()))),
                Optional.ofNullable(provider.capabilities()).map(StoreFactories::measured));
    }

    private static boolean mayWrite(ProviderStatus status) {
        return switch (status) {
            case ACTIVE, MIGRATING -> true;
            case READONLY, DISABLED -> false;
        };
    }

    private static ProbeReport.Measured measured(MeasuredCapabilities seen) {
        return new ProbeReport.Measured(
                seen.conditionalPut(),
                seen.conditionalReplace(),
                seen.conditionalDelete(),
                seen.refusesWrongBytes(),
                seen.versions(),
                seen.tags(),
                seen.userMetadata());
    }
}
