package io.hermes.edge.registry;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The stores of the registered providers, opened once per version of their settings.
 *
 * <p>The registry is asked for changes every few seconds of use, by one request however many callers there are, and at once when it has told
 * of one; secrets that are kept elsewhere may change without a new version. While the registry is away, what is open goes on being served,
 * unless it was told before that the provider is disabled or gone. All stores of a provider share its pace ({@link Budgets}). A store that
 * has been superseded is closed after a grace time, for the transfers on it.
 */
@ApplicationScoped
public class Stores {

    private static final Logger LOG = Logger.getLogger(Stores.class);

    private final RegistryClient registry;
    private final StoreFactories factories;
    private final Budgets budgets;
    private final RegistrySettings settings;
    private final Vertx vertx;
    private final Map<UUID, CachedStore> cached = new ConcurrentHashMap<>();
    private final Set<DocumentStore> superseded = ConcurrentHashMap.newKeySet();

    Stores(RegistryClient registry, StoreFactories factories, Budgets budgets, RegistrySettings settings, Vertx vertx) {
        this.registry = registry;
        this.factories = factories;
        this.budgets = budgets;
        this.settings = settings;
        this.vertx = vertx;
    }

    /**
     * The provider's store.
     *
     * @return fails {@link ProviderUnknown}, {@link RegistryUnavailable} if it was never opened here, or {@link StorageException}: if the
     *     settings make no sense, and {@link ErrorKind#UNAVAILABLE} while the provider is disabled, so that work waits for its return
     */
    public Uni<OpenStore> open(UUID provider) {
        return Uni.createFrom()
                .deferred(() -> cached.computeIfAbsent(
                                provider, uuid -> new CachedStore(settings, open -> load(uuid, open)))
                        .current())
                .invoke(Stores::requireEnabled);
    }

    private static void requireEnabled(OpenStore open) {
        if (open.provider().status() == ProviderStatus.DISABLED) {
            throw new StorageException(
                    ErrorKind.UNAVAILABLE,
                    "open",
                    open.provider().providerName(),
                    "the provider is disabled; what waits for it goes on when it is enabled");
        }
    }

    /** What is open at an older version is looked at now, whether or not somebody uses it, so that the old store does not stay open. */
    void hear(UUID provider, ProviderNews news) {
        CachedStore store = cached.get(provider);
        if (store != null && store.hear(news) && store.peek().isPresent()) {
            LOG.debugf("provider=%s: %s", provider, news);
            store.current()
                    .subscribe()
                    .with(current -> {}, failed -> LOG.debugf("provider=%s is not looked at: %s", provider, failed));
        }
    }

    /** Drops what is open: the next {@link #open} asks the registry. The dropped store is closed after the grace time. */
    public void forget(UUID provider) {
        CachedStore dropped = cached.remove(provider);
        if (dropped != null) {
            dropped.peek().ifPresent(open -> closeLater(open.store()));
        }
    }

    /** What the provider is now, given what is open of it ({@code null}: nothing). */
    private Uni<OpenStore> load(UUID provider, OpenStore open) {
        return open == null
                ? registry.provider(provider.toString()).chain(this::connect)
                : registry.changedSince(provider, open.provider().version())
                        .chain(answer -> answer.filter(newer -> !newer.equals(open.provider()))
                                .map(newer -> supersede(open, newer))
                                .orElse(Uni.createFrom().item(open)))
                        .onFailure(RegistryUnavailable.class)
                        .invoke(outage -> LOG.debugf(
                                "provider=%s keeps version %d: %s",
                                open.provider().providerName(), open.provider().version(), outage))
                        .onFailure(ProviderUnknown.class)
                        .invoke(() -> forget(provider));
    }

    private Uni<OpenStore> supersede(OpenStore old, ResolvedProvider newer) {
        return connect(newer).invoke(() -> closeLater(old.store()));
    }

    /** Making a client loads classes and key stores, so it is done off the event loop. */
    private Uni<OpenStore> connect(ResolvedProvider provider) {
        return vertx.executeBlocking(
                () -> new OpenStore(provider, factories.open(provider, budgets.paceOf(provider))), false);
    }

    private void closeLater(DocumentStore store) {
        superseded.add(store);
        vertx.setTimer(settings.grace().toMillis(), timer -> closeNow(store));
    }

    private void closeNow(DocumentStore store) {
        vertx.executeBlocking(
                        () -> {
                            store.close();
                            return superseded.remove(store);
                        },
                        false)
                .subscribe()
                .with(closed -> {}, failed -> LOG.warn("a superseded store could not be closed", failed));
    }

    @PreDestroy
    void closeAll() {
        cached.values()
                .forEach(store -> store.peek().ifPresent(open -> open.store().close()));
        superseded.forEach(DocumentStore::close);
    }
}
