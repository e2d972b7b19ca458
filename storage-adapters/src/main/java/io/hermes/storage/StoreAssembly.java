package io.hermes.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The one place where a store is put together: the adapter for its type, and around it the decorators that every provider has. Nobody
 * else calls {@link StoreFactory#open}, or a provider that is not writable would be written to.
 */
@ApplicationScoped
public class StoreAssembly {

    private final Map<String, StoreFactory> factories = new HashMap<>();
    private final List<StoreObserver> observers;

    // For the proxy of the application scope.
    StoreAssembly() {
        observers = List.of();
    }

    @Inject
    StoreAssembly(Instance<StoreFactory> factories, Instance<StoreObserver> observers) {
        this(factories.stream().toList(), observers.stream().toList());
    }

    /** An assembly of these factories, one for each type. */
    public StoreAssembly(List<StoreFactory> factories, List<StoreObserver> observers) {
        this.observers = List.copyOf(observers);
        for (StoreFactory factory : factories) {
            if (this.factories.put(factory.type(), factory) != null) {
                throw new IllegalStateException("two store factories of type " + factory.type());
            }
        }
    }

    /** A pace for the stores of one provider, observed as they are. It has no limit yet. */
    public Pace pace(String provider) {
        return new Pace(provider, Clockwork.system(), new StoreObserver() {
            @Override
            public void ended(Call call) {}

            @Override
            public void waited(String provider, Duration time) {
                observers.forEach(observer -> observer.waited(provider, time));
            }

            @Override
            public void throttled(String provider) {
                observers.forEach(observer -> observer.throttled(provider));
            }
        });
    }

    /** Opens a store at a pace of its own. */
    public DocumentStore open(StoreSettings settings) {
        return open(settings, pace(settings.providerName()));
    }

    /**
     * Opens a store with everything that belongs around it. No I/O happens before its first call.
     *
     * @param pace of the provider, for all stores that are open of it
     *
     * @throws StorageException {@link ErrorKind#CONFIG_INVALID} for an unknown type or settings that {@link StoreFactory#validate}
     *     finds fault with
     */
    public DocumentStore open(StoreSettings settings, Pace pace) {
        DocumentStore adapter = factory(settings.type()).open(settings, pace);
        DocumentStore store = new PacedStore(new TimeLimitedStore(adapter, TimeLimits.LAST_RESORT, pace), pace);
        for (StoreObserver observer : observers) {
            store = new ObservedStore(store, settings, observer);
        }
        return settings.writable() ? store : new ReadOnlyStore(store);
    }

    /**
     * The factory of a type, for its rules about settings.
     *
     * @throws StorageException {@link ErrorKind#CONFIG_INVALID} if there is none
     */
    public StoreFactory factory(String type) {
        StoreFactory factory = factories.get(type);
        if (factory == null) {
            throw new StorageException(
                    ErrorKind.CONFIG_INVALID, "open", type, "no such provider type; known are " + types());
        }
        return factory;
    }

    /** The types that can be opened, sorted. */
    public SortedSet<String> types() {
        return new TreeSet<>(factories.keySet());
    }
}
