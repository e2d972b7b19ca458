package io.hermes.orchestrator.watch;

import io.hermes.orchestrator.view.ProgressView;
import io.hermes.orchestrator.view.ProgressViews;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Looks at one job for all who listen here. A look asks whether anything has changed first, and for the figures only then. */
final class JobWatch {

    private static final Logger LOG = Logger.getLogger(JobWatch.class);

    /** Some figures change by time alone, such as a rate that was not measured again. */
    private static final Duration STALE = Duration.ofSeconds(2);

    private final long jobId;
    private final ProgressViews views;
    private final Vertx vertx;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final long timer;
    private volatile Look last;

    /** The looks outlive the request that caused the first of them, so they do not run in its context. */
    JobWatch(long jobId, ProgressViews views, Vertx vertx, Duration interval) {
        this.jobId = jobId;
        this.views = views;
        this.vertx = vertx;
        this.timer = ((ContextInternal) vertx.getOrCreateContext())
                .unwrap()
                .setPeriodic(interval.toMillis(), tick -> tick());
    }

    void add(Listener listener) {
        listeners.add(listener);
    }

    /** @return whether nobody is left, and the looking has ended */
    boolean remove(Listener listener) {
        listeners.remove(listener);
        return listeners.isEmpty() && vertx.cancelTimer(timer);
    }

    /** Ends every connection, as if the job were gone. */
    void letGo() {
        listeners.forEach(Listener::end);
    }

    int size() {
        return listeners.size();
    }

    private void tick() {
        listeners.forEach(Listener::keepAlive);
        if (looking.compareAndSet(false, true)) {
            look().subscribe().with(this::seen, this::blind);
        }
    }

    private Uni<Optional<Look>> look() {
        return views.pulse(jobId)
                .chain(pulse -> pulse.map(now -> isKnown(now)
                                ? Uni.createFrom().item(Optional.of(last))
                                : views.find(jobId).map(view -> Optional.of(new Look(now, view, System.nanoTime()))))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    private boolean isKnown(ProgressViews.Pulse now) {
        Look before = last;
        return before != null && before.pulse().equals(now) && System.nanoTime() - before.nanos() < STALE.toNanos();
    }

    private void seen(Optional<Look> look) {
        look.ifPresentOrElse(this::tell, this::letGo);
        looking.set(false);
    }

    private void tell(Look now) {
        last = now;
        listeners.forEach(listener -> listener.look(now.progress()));
    }

    /** The database is away: whoever listens hears nothing new, and the next look may be luckier. */
    private void blind(Throwable failure) {
        LOG.debugf(failure, "watch jobId=%d could not look", jobId);
        looking.set(false);
    }

    private record Look(ProgressViews.Pulse pulse, ProgressView progress, long nanos) {}
}
