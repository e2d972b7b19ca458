package io.hermes.registry.probe;

import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.registry.StoreFactories;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Opens a store just for one probe and closes it again, so that nothing of a provider stays open in the registry. */
@ApplicationScoped
public class Probes {

    private final StoreFactories factories;
    private final OffLoop offLoop;

    Probes(StoreFactories factories, OffLoop offLoop) {
        this.factories = factories;
        this.offLoop = offLoop;
    }

    /**
     * Probes a provider's store.
     *
     * @return a report whatever happens, within the bound, on the caller's context: what came after it may use a database session
     */
    public Uni<ProbeReport> probe(ResolvedProvider provider, ProbeDepth depth, Duration bound) {
        return Uni.createFrom().deferred(() -> {
            Executor caller = offLoop.caller();
            return offLoop.call(() -> factories.open(provider))
                    .chain(store -> probeAndClose(store, depth, bound))
                    .onFailure()
                    .recoverWithItem(Probes::failed)
                    .emitOn(caller);
        });
    }

    private Uni<ProbeReport> probeAndClose(DocumentStore store, ProbeDepth depth, Duration bound) {
        return store.probe(depth)
                .ifNoItem()
                .after(bound)
                .recoverWithItem(() -> unanswered(bound))
                .onTermination()
                .call(() -> offLoop.call(() -> closed(store)));
    }

    /** The report of a store that could not even be tried. */
    public static ProbeReport notTried(String hint) {
        return report(Duration.ZERO, hint, ErrorKind.CONFIG_INVALID);
    }

    private static ProbeReport unanswered(Duration bound) {
        return report(bound, "the store did not answer within " + bound.toSeconds() + " s", ErrorKind.TIMEOUT);
    }

    private static ProbeReport failed(Throwable failure) {
        return notTried(
                failure instanceof StorageException refused ? refused.kind().name() : "the store could not be opened");
    }

    private static ProbeReport report(Duration took, String hint, ErrorKind kind) {
        return new ProbeReport(
                List.of(new ProbeReport.Step("reach", ProbeReport.Outcome.FAILED, took, hint, Optional.of(kind))),
                ProbeReport.Measured.NOTHING);
    }

    private static boolean closed(DocumentStore store) {
        store.close();
        return true;
    }
}
