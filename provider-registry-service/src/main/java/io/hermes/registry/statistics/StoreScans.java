package io.hermes.registry.statistics;

import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.registry.StoreFactories;
import io.hermes.registry.probe.OffLoop;
import io.hermes.registry.provider.ProviderRef;
import io.hermes.registry.provider.Providers;
import io.hermes.registry.provider.ScanLease;
import io.hermes.registry.provider.ScanSettings;
import io.hermes.registry.provider.Statistics;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Counts stores by listing them, page after page. One page is in memory, nothing is written to the store, and whoever dies over it leaves
 * nothing behind but a lease that ends.
 */
@ApplicationScoped
class StoreScans {

    private static final Logger LOG = Logger.getLogger(StoreScans.class);

    private final Statistics statistics;
    private final Providers providers;
    private final StoreFactories factories;
    private final OffLoop offLoop;
    private final ScanSettings settings;
    private final AtomicInteger running = new AtomicInteger();

    StoreScans(
            Statistics statistics,
            Providers providers,
            StoreFactories factories,
            OffLoop offLoop,
            ScanSettings settings) {
        this.statistics = statistics;
        this.providers = providers;
        this.factories = factories;
        this.offLoop = offLoop;
        this.settings = settings;
    }

    /**
     * Begins a scan that goes on after this has been answered, unless one of this store is under way.
     *
     * @return fails 409 for a disabled provider, 429 while as many scans run here as may
     */
    Uni<Void> begin(ProviderRef ref) {
        return Uni.createFrom()
                .deferred(() -> running.get() < settings.concurrency()
                        ? statistics.asked(ref)
                        : Uni.createFrom().failure(tooMany()))
                .invoke(begun -> begun.ifPresent(this::inBackground))
                .replaceWithVoid();
    }

    private void inBackground(ScanLease scan) {
        running.incrementAndGet();
        offLoop.onAContextOfItsOwn(run(scan))
                .onTermination()
                .invoke(running::decrementAndGet)
                .subscribe()
                .with(
                        counted -> LOG.debugf("provider=%s counted=%s", scan.name(), counted),
                        failed -> LOG.warnf("provider=%s was not counted: %s", scan.name(), failed.toString()));
    }

    /** Counts the store; {@code false} if the scan counts no more, or the store could not be listed to the end. */
    Uni<Boolean> run(ScanLease scan) {
        return Uni.createFrom()
                .deferred(() -> count(scan, offLoop.caller()))
                .onFailure(failure -> !(failure instanceof Overtaken))
                .recoverWithUni(failure -> failed(scan, failure))
                .onFailure(Overtaken.class)
                .recoverWithItem(false);
    }

    private Uni<Boolean> count(ScanLease scan, Executor context) {
        return providers
                .resolve(new ProviderRef.ByUuid(scan.provider()))
                .chain(resolved -> offLoop.call(() -> factories.open(resolved)))
                .chain(store -> counted(store, scan, context));
    }

    private Uni<Boolean> counted(DocumentStore store, ScanLease scan, Executor context) {
        Walk walk = new Walk();
        return Multi.createBy()
                .repeating()
                .uni(() -> page(store, walk, scan, context))
                .whilst(taken -> walk.goesOn())
                .onItem()
                .ignoreAsUni()
                .ifNoItem()
                .after(settings.longestScan())
                .fail()
                .onTermination()
                .call(() -> offLoop.call(() -> closed(store)))
                .emitOn(context)
                .chain(() -> statistics.settle(scan, walk.tally()))
                .invoke(settled -> {
                    if (settled) {
                        LOG.infof("provider=%s type=%s counted", scan.name(), scan.type());
                    }
                });
    }

    private Uni<Boolean> page(DocumentStore store, Walk walk, ScanLease scan, Executor context) {
        return store.list(walk.next())
                .ifNoItem()
                .after(settings.pageTimeout())
                .fail()
                .emitOn(context)
                .invoke(walk::took)
                .chain(() -> statistics.progress(scan, walk.tally()))
                .invoke(StoreScans::requireCounting);
    }

    /** Somebody else has begun, or the settings have changed: what is counted here is of no use. */
    private static void requireCounting(boolean counts) {
        if (!counts) {
            throw new Overtaken();
        }
    }

    private Uni<Boolean> failed(ScanLease scan, Throwable failure) {
        LOG.warnf("provider=%s type=%s was not counted: %s", scan.name(), scan.type(), failure.toString());
        return statistics.fail(scan, hint(failure)).replaceWith(false);
    }

    /** In our words, never in the store's. */
    private static String hint(Throwable failure) {
        return switch (failure) {
            case StorageException refused -> refused.getMessage();
            case ApiProblem problem -> problem.getDetail();
            case TimeoutException unused -> "the store did not list its documents in time";
            default -> "the store could not be listed; the registry's log says why";
        };
    }

    private static boolean closed(DocumentStore store) {
        store.close();
        return true;
    }

    private static ApiProblem tooMany() {
        return ApiProblem.of(
                        429,
                        "TOO_MANY_SCANS",
                        "Too many scans",
                        "As many stores are being counted as may be at once; try again when one of them is through.")
                .withHeader("Retry-After", "60");
    }

    /** A scan that counts no more. */
    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
