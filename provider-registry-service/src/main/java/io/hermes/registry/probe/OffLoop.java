package io.hermes.registry.probe;

import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/** Runs what blocks where it may, and comes back to the caller's context: what came before it may go on using a database session. */
@ApplicationScoped
public class OffLoop {

    private final Vertx vertx;

    OffLoop(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Runs it on a thread that may wait. */
    public <T> Uni<T> call(Callable<T> work) {
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(work, false).toCompletionStage());
    }

    /** The context of whoever calls this. */
    public Executor caller() {
        Context context = vertx.getOrCreateContext();
        return command -> context.runOnContext(ignored -> command.run());
    }

    /** Work beside others: it has a database session of its own, which is kept in the context. */
    public <T> Uni<T> onAContextOfItsOwn(Uni<T> work) {
        return Uni.createFrom().emitter(emitter -> {
            Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
            VertxContextSafetyToggle.setContextSafe(own, true);
            own.runOnContext(ignored -> work.subscribe().with(emitter::complete, emitter::fail));
        });
    }
}
