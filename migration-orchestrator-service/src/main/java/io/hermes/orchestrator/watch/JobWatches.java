package io.hermes.orchestrator.watch;

import io.hermes.edge.problem.ApiProblem;
import io.hermes.orchestrator.state.MigrationSettings;
import io.hermes.orchestrator.view.ProgressView;
import io.hermes.orchestrator.view.ProgressViews;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The jobs that are watched through this replica. */
@ApplicationScoped
public class JobWatches {

    private static final String RETRY_SECONDS = "5";

    private final ProgressViews views;
    private final Vertx vertx;
    private final MigrationSettings.Events settings;
    private final Map<Long, JobWatch> watches = new ConcurrentHashMap<>();

    JobWatches(ProgressViews views, Vertx vertx, MigrationSettings settings, MeterRegistry meters) {
        this.views = views;
        this.vertx = vertx;
        this.settings = settings.events();
        Gauge.builder("hermes.migration.watch.listeners", this, JobWatches::listeners)
                .description("connections that watch a job")
                .register(meters);
        Gauge.builder("hermes.migration.watch.jobs", watches, Map::size)
                .description("jobs that are looked at for them")
                .register(meters);
    }

    /**
     * Whether one more may listen to the job.
     *
     * @throws ApiProblem 429 {@code TOO_MANY_LISTENERS} if the job has enough of them here, 503 {@code LISTENERS_EXHAUSTED} if this
     *     replica has
     */
    public void requireRoom(long jobId) {
        JobWatch watch = watches.get(jobId);
        if (watch != null && watch.size() >= settings.maxListenersPerJob()) {
            throw ApiProblem.of(
                            429,
                            "TOO_MANY_LISTENERS",
                            "Too many listeners",
                            "So many connections already watch this job. Close some of them, or poll its progress.")
                    .withHeader("Retry-After", RETRY_SECONDS);
        }
        if (listeners() >= settings.maxListeners()) {
            throw ApiProblem.of(
                            503,
                            "LISTENERS_EXHAUSTED",
                            "No room for a listener",
                            "This replica serves as many live connections as it may. Try again, or poll the job's progress.")
                    .withHeader("Retry-After", RETRY_SECONDS);
        }
    }

    /**
     * Watches a job until it has ended or the subscriber goes.
     *
     * @param first the job as it stands
     * @param known whether the listener has seen that already, and only wants what follows
     */
    public Multi<Notice> watch(ProgressView first, boolean known) {
        return Multi.createFrom().emitter(emitter -> join(first, known, emitter), BackPressureStrategy.LATEST);
    }

    private void join(ProgressView first, boolean known, MultiEmitter<? super Notice> emitter) {
        Listener listener = new Listener(emitter, settings);
        listener.begin(first, known);
        if (first.ended()) {
            return;
        }
        watches.compute(first.jobId(), (id, present) -> {
            JobWatch watch = present == null ? new JobWatch(id, views, vertx, settings.interval()) : present;
            watch.add(listener);
            return watch;
        });
        emitter.onTermination(() -> leave(first.jobId(), listener));
    }

    /** The process ends: who listens is let go, and goes on at another replica behind what it has heard. */
    void letGo(@Observes ShutdownDelayInitiatedEvent ending) {
        watches.values().forEach(JobWatch::letGo);
    }

    private void leave(long jobId, Listener listener) {
        watches.computeIfPresent(jobId, (id, watch) -> watch.remove(listener) ? null : watch);
    }

    private int listeners() {
        return watches.values().stream().mapToInt(JobWatch::size).sum();
    }
}
