package io.hermes.orchestrator.job;

import io.hermes.edge.problem.ApiProblem;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The jobs of this service, as their users define them. */
@ApplicationScoped
public class Jobs {

    private final JobRepository repository;
    private final Providers providers;

    Jobs(JobRepository repository, Providers providers) {
        this.repository = repository;
        this.providers = providers;
    }

    /**
     * Creates a job with status pending. Both providers are claimed first, so that neither can be deleted under it; if the job then
     * cannot be written, they are given back. A crash between the two leaves a claim of a job that does not exist, which an
     * administrator sees in the provider's {@code usedBy}.
     *
     * @return its number; fails with an {@link ApiProblem} that says what to change
     */
    public Uni<Long> create(CreateJob request, String createdBy) {
        UUID uuid = TimeOrderedUuid.next();
        return Uni.createFrom()
                .item(request)
                .invoke(JobRules::check)
                .chain(providers::resolve)
                .invoke(RouteRules::check)
                .call(route -> providers.claim(route, uuid, request.jobName()))
                .chain(route -> insert(new JobEntity(uuid, request, route, createdBy))
                        .onFailure()
                        .call(() -> providers.giveBack(route, uuid)));
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

    private Uni<Long> insert(JobEntity job) {
        return Panache.withTransaction(() -> repository.insert(job)).map(written -> written.id);
    }

    private static ApiProblem notFound() {
        return ApiProblem.of(
                404, "JOB_NOT_FOUND", "No such job", "There is no job with this id; it may have been purged.");
    }
}
