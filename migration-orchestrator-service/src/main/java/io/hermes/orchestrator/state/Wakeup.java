package io.hermes.orchestrator.state;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs a piece of work when it is signalled, one run at a time; signals during a run lead to exactly one further run. A signal is a
 * hint and may be lost with the process: whoever uses this also has a tick.
 */
public final class Wakeup {

    private static final Logger LOG = Logger.getLogger(Wakeup.class);

    private final String name;
    private final Supplier<Uni<Void>> work;
    private final Context context;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.IDLE);

    private enum Phase {
        IDLE,
        RUNNING,
        SIGNALLED
    }

    /**
     * @param name for the log
     * @param work may fail: that is logged, and the next signal runs it again
     */
    public Wakeup(Vertx vertx, String name, Supplier<Uni<Void>> work) {
        this.name = name;
        this.work = work;
        this.context = vertx.getOrCreateContext();
    }

    /** Runs the work now, or once more after the present run. Never blocks. */
    public void signal() {
        Phase before = phase.getAndUpdate(now -> now == Phase.IDLE ? Phase.RUNNING : Phase.SIGNALLED);
        if (before == Phase.IDLE) {
            run();
        }
    }

    private void run() {
        context.runOnContext(
                ignored -> Uni.createFrom().deferred(work::get).subscribe().with(done -> ended(), this::failed));
    }

    private void failed(Throwable failure) {
        LOG.warnf("%s failed and will be repeated: %s", name, failure);
        LOG.debug(name, failure);
        ended();
    }

    private void ended() {
        Phase before = phase.getAndUpdate(now -> now == Phase.SIGNALLED ? Phase.RUNNING : Phase.IDLE);
        if (before == Phase.SIGNALLED) {
            run();
        }
    }
}
