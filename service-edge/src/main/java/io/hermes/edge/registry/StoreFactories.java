package io.hermes.edge.registry;

import io.hermes.contract.provider.MeasuredCapabilities;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Pace;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.Secret;
import io.hermes.storage.StorageException;
import io.hermes.storage.StoreAssembly;
import io.hermes.storage.StoreFactory;
import io.hermes.storage.StoreSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** The provider types that this service was built with. */
@ApplicationScoped
public class StoreFactories {

    private final StoreAssembly assembly;

    StoreFactories(StoreAssembly assembly) {
        this.assembly = assembly;
    }

    /** The types by name. */
    public SortedSet<String> types() {
        return assembly.types();
    }

    /** The factory of a type, for its rules about settings. */
    public Optional<StoreFactory> of(String type) {
        return types().contains(type) ? Optional.of(assembly.factory(type)) : Optional.empty();
    }

    /**
     * Opens a provider's store with everything around it; does no I/O, but may load a client, so not on an event loop.
     *
     * @throws StorageException {@link ErrorKind#CONFIG_INVALID} for a type that is not known here, or settings that make no sense
     */
    public DocumentStore open(ResolvedProvider provider) {
        return open(provider, pace(provider));
    }

    /** The same at the pace of all stores that this process opens of the provider. */
    DocumentStore open(ResolvedProvider provider, Pace pace) {
        return assembly.open(settings(provider), pace);
    }

    /** A pace without a limit. */
    Pace pace(ResolvedProvider provider) {
        return assembly.pace(provider.providerName());
    }

    /** What a factory needs. A provider that is readonly or disabled is opened behind the guard that refuses writes. */
    public static StoreSettings settings(ResolvedProvider provider) {
        return new StoreSettings(
                provider.providerUuid(),
                provider.providerName(),
                provider.providerType(),
                writable(provider),
                provider.config(),
                provider.secrets().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, secret -> Secret.of(secret.getValue()))),
                Optional.ofNullable(provider.capabilities()).map(StoreFactories::measured));
    }

    /** Whether documents may be written to it at present. */
    private static boolean writable(ResolvedProvider provider) {
        return provider.writable()
                && switch (provider.status()) {
                    case ACTIVE, MIGRATING -> true;
                    case READONLY, DISABLED -> false;
                };
    }

    private static ProbeReport.Measured measured(MeasuredCapabilities seen) {
        Map<Feature, Boolean> facts = new EnumMap<>(Feature.class);
        facts.put(Feature.CONDITIONAL_PUT, seen.conditionalPut());
        facts.put(Feature.CONDITIONAL_STREAM, seen.conditionalStream());
        facts.put(Feature.CONDITIONAL_REPLACE, seen.conditionalReplace());
        facts.put(Feature.CONDITIONAL_DELETE, seen.conditionalDelete());
        facts.put(Feature.REFUSES_WRONG_BYTES, seen.refusesWrongBytes());
        facts.put(Feature.REVISIONS, seen.versions());
        facts.put(Feature.KEEP_FOREVER, seen.keepForever());
        facts.put(Feature.TAGS, seen.tags());
        facts.put(Feature.USER_METADATA, seen.userMetadata());
        facts.put(Feature.CHECKSUMS, seen.checksums());
        facts.values().removeIf(held -> !held);
        return new ProbeReport.Measured(facts.keySet());
    }
}
