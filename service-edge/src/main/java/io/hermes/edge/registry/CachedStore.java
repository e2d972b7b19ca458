package io.hermes.edge.registry;

import io.hermes.contract.provider.ProviderStatus;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is open of one provider. Within the recheck time it is handed out as it is; after that, or when a newer version was told, the next
 * caller triggers one look at the registry, and everybody who comes meanwhile shares its result.
 *
 * <p>While the registry does not answer, what is open goes on being handed out, but not for what was told to be forbidden, and what was
 * told to be superseded not for longer than the grace time.
 */
final class CachedStore {

    private final RegistrySettings settings;
    private final Function<OpenStore, Uni<OpenStore>> load;
    private OpenStore open;
    private long checkedAt;
    private ProviderNews news;
    private long heardAt;
    private boolean due;
    private Uni<OpenStore> pending;

    /**
     * An empty slot.
     *
     * @param load gives the present state, from what is open ({@code null}: nothing is); fails {@link RegistryUnavailable} if it cannot
     *     be known
     */
    CachedStore(RegistrySettings settings, Function<OpenStore, Uni<OpenStore>> load) {
        this.settings = settings;
        this.load = load;
    }

    synchronized Uni<OpenStore> current() {
        if (open != null && !due && !isOlderThan(settings.recheck(), checkedAt)) {
            return Uni.createFrom().item(this::usable);
        }
        if (pending == null) {
            ProviderNews heard = news;
            pending = load.apply(open)
                    .onItem()
                    .invoke(now -> answered(now, heard))
                    .onFailure(RegistryUnavailable.class)
                    .recoverWithUni(
                            outage -> Uni.createFrom().item(() -> unanswered((RegistryUnavailable) outage, heard)))
                    .onTermination()
                    .invoke(this::settled)
                    .memoize()
                    .indefinitely();
        }
        return pending;
    }

    synchronized Optional<OpenStore> peek() {
        return Optional.ofNullable(open);
    }

    /**
     * Notes what was told.
     *
     * @return whether it is newer than what is open
     */
    synchronized boolean hear(ProviderNews told) {
        if (isNoNewerThanOpen(told) || isNoNewerThanHeard(told)) {
            return false;
        }
        if (news == null) {
            heardAt = System.nanoTime();
        }
        news = told;
        due = true;
        return true;
    }

    private boolean isNoNewerThanOpen(ProviderNews told) {
        return switch (told) {
            case ProviderNews.Changed changed ->
                open != null && changed.version() <= open.provider().version();
            case ProviderNews.Deleted deleted -> false;
        };
    }

    private boolean isNoNewerThanHeard(ProviderNews told) {
        return switch (news) {
            case null -> false;
            case ProviderNews.Deleted deleted -> true;
            case ProviderNews.Changed heard ->
                told instanceof ProviderNews.Changed changed && changed.version() <= heard.version();
        };
    }

    /** The registry's word holds against what was heard before it was asked. */
    private synchronized void answered(OpenStore now, ProviderNews heard) {
        open = now;
        checkedAt = System.nanoTime();
        if (Objects.equals(news, heard) || isNoNewerThanOpen(news)) {
            news = null;
            due = false;
        }
    }

    /** It is asked again after the recheck time. */
    private synchronized OpenStore unanswered(RegistryUnavailable outage, ProviderNews heard) {
        if (open == null) {
            throw outage;
        }
        checkedAt = System.nanoTime();
        due = !Objects.equals(news, heard);
        return usable();
    }

    /** What is open, as far as it may be used after what was told of it. */
    private synchronized OpenStore usable() {
        return switch (news) {
            case null -> open;
            case ProviderNews.Deleted deleted ->
                throw new ProviderUnknown(open.provider().providerUuid().toString());
            case ProviderNews.Changed changed -> superseded(changed.status());
        };
    }

    private OpenStore superseded(ProviderStatus told) {
        if (isOlderThan(settings.grace(), heardAt)) {
            throw new RegistryUnavailable(
                    "the settings of '" + open.provider().providerName()
                            + "' have changed, and the registry does not tell the new ones",
                    null);
        }
        return switch (told) {
            case ACTIVE, MIGRATING -> open;
            case READONLY, DISABLED -> open.restrictedTo(told);
        };
    }

    private static boolean isOlderThan(Duration age, long since) {
        return System.nanoTime() - since >= age.toNanos();
    }

    private synchronized void settled() {
        pending = null;
    }
}
