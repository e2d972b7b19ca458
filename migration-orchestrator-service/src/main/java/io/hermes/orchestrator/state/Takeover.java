package io.hermes.orchestrator.state;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Takes jobs over that somebody should look after, one after the other, as long as this replica has room for one more. What has broken off is
 * taken over again by whoever finds its lease over.
 *
 * @param <C> the right to look after a job
 */
public final class Takeover<C extends Takeover.Claim> {

    private static final Logger LOG = Logger.getLogger(Takeover.class);

    /** The right to look after a job, until somebody else takes it. */
    public interface Claim {

        long jobId();

        /** Raised by whoever takes the job over: what is written under an older one does not count. */
        int epoch();
    }

    private final String name;
    private final int room;
    private final Supplier<Uni<Optional<C>>> claim;
    private final Function<C, Uni<Void>> work;
    private final Wakeup wakeup;
    private final AtomicInteger running = new AtomicInteger();

    /**
     * @param name for the log
     * @param room jobs at the same time
     * @param claim takes one that nobody has, if there is one
     * @param work ends when it is done; what it fails with breaks it off
     */
    Takeover(Vertx vertx, String name, int room, Supplier<Uni<Optional<C>>> claim, Function<C, Uni<Void>> work) {
        this.name = name;
        this.room = room;
        this.claim = claim;
        this.work = work;
        this.wakeup = new Wakeup(vertx, name, this::next);
    }

    /** There may be something to take over. Never blocks. */
    public void signal() {
        wakeup.signal();
    }

    private Uni<Void> next() {
        if (running.get() >= room) {
            return Uni.createFrom().voidItem();
        }
        return claim.get().chain(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            begin(found.get());
            return next();
        });
    }

    private void begin(C claimed) {
        running.incrementAndGet();
        work.apply(claimed)
                .onTermination()
                .invoke(running::decrementAndGet)
                .subscribe()
                .with(
                        done -> wakeup.signal(),
                        failure ->
                                LOG.warnf("%s jobId=%d breaks off, to be resumed: %s", name, claimed.jobId(), failure));
    }
}
