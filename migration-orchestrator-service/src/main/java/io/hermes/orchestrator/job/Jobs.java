package io.hermes.orchestrator.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.orchestrator.state.EngineCounters;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The jobs of this service, as their users define them. */
@ApplicationScoped
public class Jobs {

    private static final List<String> WAYS_OF_WRITING = List.of("conflictPolicy", "verify", "dryRun", "validate");

    private final JobRepository repository;
    private final Providers providers;
    private final UnbornClaims unborn;
    private final Selections selections;
    private final RequestKeys keys;
    private final Fingerprints fingerprints;
    private final MergePatch patches;
    private final EngineCounters counters;

    Jobs(
            JobRepository repository,
            Providers providers,
            UnbornClaims unborn,
            Selections selections,
            RequestKeys keys,
            Fingerprints fingerprints,
            MergePatch patches,
            EngineCounters counters) {
        this.repository = repository;
        this.providers = providers;
        this.unborn = unborn;
        this.selections = selections;
        this.keys = keys;
        this.fingerprints = fingerprints;
        this.patches = patches;
        this.counters = counters;
    }

    /**
     * Creates a job with status pending.
     *
     * @param key under which the same request may come again, and then finds the job it made
     * @return fails with an {@link ApiProblem} that says what to change
     */
    public Uni<Creation> create(CreateJob request, String createdBy, Optional<String> key) {
        return create(new NewJob(request, createdBy, Optional.empty(), requestKey("create", request, createdBy, key)));
    }

    /**
     * Creates a pending job with the definition of another, however that one stands. Of a job that took another job's failures, the
     * clone takes those of now.
     *
     * @param changes a merge patch of the request that would make such a job
     */
    public Uni<Creation> clone(JobDefinition origin, ObjectNode changes, String createdBy, Optional<String> key) {
        Optional<RequestKey> known = requestKey("clone " + origin.jobUuid(), changes, createdBy, key);
        return Panache.withSession(() -> repository.named(origin.id()))
                .map(named -> CreateJob.of(origin, cloneOf(origin), named.documents(), named.keys()))
                .map(request -> patches.apply(request, withItsOwnDefaults(origin, changes), CreateJob.class))
                .map(request -> new NewJob(request, createdBy, Optional.of(origin.jobUuid()), known))
                .chain(this::create);
    }

    /** How the original wrote says nothing about a clone with another strategy, unless the request says so too. */
    private static ObjectNode withItsOwnDefaults(JobDefinition origin, ObjectNode changes) {
        if (!changes.has("strategy") || changes.path("strategy").asText().equals(origin.strategy())) {
            return changes;
        }
        ObjectNode all = changes.deepCopy();
        WAYS_OF_WRITING.stream().filter(field -> !all.has(field)).forEach(all::putNull);
        return all;
    }

    private Optional<RequestKey> requestKey(String what, Object body, String createdBy, Optional<String> key) {
        return key.map(text -> new RequestKey(createdBy, text, fingerprints.of(what, body)));
    }

    private Uni<Creation> create(NewJob wish) {
        JobRules.check(wish.request());
        return known(wish)
                .chain(job ->
                        job.isPresent() ? Uni.createFrom().item(new Creation(job.get(), false)) : claimAndInsert(wish))
                .onFailure(RequestKeys.Taken.class)
                .recoverWithUni(() -> known(wish).map(job -> new Creation(job.orElseThrow(), false)));
    }

    private Uni<Optional<Long>> known(NewJob wish) {
        return wish.key().map(keys::find).orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    /**
     * Both providers are claimed first, so that neither can be deleted under the job; if it then cannot be written, they are given
     * back. That they will be is noted before, so that a crash between the two is made good by the sweep of unborn claims.
     */
    private Uni<Creation> claimAndInsert(NewJob wish) {
        UUID uuid = TimeOrderedUuid.next();
        return providers
                .resolve(wish.request())
                .invoke(route -> RouteRules.check(route, wish.request().strategy()))
                .chain(route -> selections
                        .of(wish.request(), route)
                        .chain(selection -> unborn.note(route, uuid)
                                .chain(() -> providers.claim(route, uuid, wish.request()))
                                .chain(() -> insert(new JobEntity(uuid, wish, route, selection), wish.key())
                                        .onFailure()
                                        .call(() -> providers.giveBack(route, uuid)))))
                .map(id -> new Creation(id, true));
    }

    private static String cloneOf(JobDefinition origin) {
        String suffix = " (clone)";
        String name = origin.jobName().endsWith(suffix)
                ? origin.jobName().substring(0, origin.jobName().length() - suffix.length())
                : origin.jobName();
        return name.substring(0, Math.min(name.length(), CreateJob.LONGEST_NAME - suffix.length())) + suffix;
    }

    /** The job; fails with 404 {@code JOB_NOT_FOUND} if there is none. */
    public Uni<JobDefinition> find(JobRef ref) {
        return Panache.withSession(() -> repository.definition(ref))
                .onItem()
                .ifNull()
                .failWith(Jobs::notFound);
    }

    /** At most so many jobs, newest first, from behind the given position. */
    public Uni<List<JobDefinition>> page(JobFilter filter, Optional<JobPosition> after, int limit) {
        return Panache.withSession(() -> repository.page(filter, after, limit));
    }

    private Uni<Long> insert(JobEntity job, Optional<RequestKey> key) {
        return Panache.withTransaction(() -> repository
                        .insert(job)
                        .call(() -> repository.getSession().chain(session -> unborn.born(session, job.jobUuid)))
                        .call(written -> key.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : repository.getSession().chain(session -> keys.write(session, key.get(), written.id)))
                        .map(written -> written.id))
                .invoke(counters::jobCreated);
    }

    /** 404 {@code JOB_NOT_FOUND}. */
    public static ApiProblem notFound() {
        return ApiProblem.of(
                404, "JOB_NOT_FOUND", "No such job", "There is no job with this id; it may have been purged.");
    }
}
