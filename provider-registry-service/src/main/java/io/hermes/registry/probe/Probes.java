package io.hermes.registry.probe;

import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.registry.StoreFactories;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/** Opens a store just for one probe and closes it again, so that nothing of a provider stays open in the registry. */
@ApplicationScoped
public class Probes {

    private final StoreFactories factories;
    private final Vertx vertx;

    Probes(StoreFactories factories, Vertx vertx) {
        this.factories = factories;
        this.vertx = vertx;
    }

    /**
     * Probes a provider's store.
     *
     * @return a report whatever happens, within the bound, on the caller's context: what came after it may use a database session
     */
    public Uni<ProbeReport> probe(ResolvedProvider provider, ProbeDepth depth, Duration bound) {
        return Uni.createFrom().deferred(() -> {
            Executor caller = callerOf(vertx.getOrCreateContext());
            return offLoop(() -> factories.open(provider))
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
                .call(() -> offLoop(() -> closed(store)));
    }

    /** The report of a store that could not even be tried. */
    public static ProbeReport notTried(String hint) {
        return report(Duration.ZERO, hint);
    }

    private static ProbeReport unanswered(Duration bound) {
        return report(bound, "the store did not answer within " + bound.toSeconds() + " s");
    }

    private static ProbeReport failed(Throwable failure) {
        return notTried(
                failure instanceof StorageException refused ? refused.kind().name() : "the store could not be opened");
    }

    private static ProbeReport report(Duration took, String hint) {
        return new ProbeReport(
                List.of(new ProbeReport.Step("reach", ProbeReport.Outcome.FAILED, took, hint)),
                ProbeReport.Measured.NOTHING);
    }

    private static boolean closed(DocumentStore store) {
        store.close();
        return true;
    }

    private <T> Uni<T> offLoop(Callable<T> work) {
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(work, false).toCompletionStage());
    }

    private static Executor callerOf(Context context) {
        return command -> context.runOnContext(ignored -> command.run());
    }
}
