package io.hermes.registry.probe;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/** Runs what blocks where it may, and comes back to the caller's context: what came before it may go on using a database session. */
@ApplicationScoped
class OffLoop {

    private final Vertx vertx;

    OffLoop(Vertx vertx) {
        this.vertx = vertx;
    }

    <T> Uni<T> call(Callable<T> work) {
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(work, false).toCompletionStage());
    }

    /** The context of whoever calls this. */
    Executor caller() {
        Context context = vertx.getOrCreateContext();
        return command -> context.runOnContext(ignored -> command.run());
    }
}
