package io.hermes.edge.registry;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is open of one provider. Within the recheck time it is handed out as it is; after that the next caller triggers one look at
 * the registry, and everybody who comes meanwhile shares its result.
 */
final class CachedStore {

    private final Duration recheck;
    private final Function<OpenStore, Uni<OpenStore>> load;
    private OpenStore open;
    private long checkedAt;
    private Uni<OpenStore> pending;

    /**
     * An empty slot.
     *
     * @param load gives the present state, from what is open ({@code null}: nothing is)
     */
    CachedStore(Duration recheck, Function<OpenStore, Uni<OpenStore>> load) {
        this.recheck = recheck;
        this.load = load;
    }

    synchronized Uni<OpenStore> current() {
        if (open != null && System.nanoTime() - checkedAt < recheck.toNanos()) {
            return Uni.createFrom().item(open);
        }
        if (pending == null) {
            pending = load.apply(open)
                    .onItem()
                    .invoke(this::loaded)
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

    private synchronized void loaded(OpenStore now) {
        open = now;
        checkedAt = System.nanoTime();
    }

    private synchronized void settled() {
        pending = null;
    }
}
