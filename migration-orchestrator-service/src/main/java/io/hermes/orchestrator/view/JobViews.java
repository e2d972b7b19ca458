package io.hermes.orchestrator.view;

import io.hermes.orchestrator.job.JobDefinition;
import io.hermes.orchestrator.job.JobFilter;
import io.hermes.orchestrator.job.JobPosition;
import io.hermes.orchestrator.job.JobRef;
import io.hermes.orchestrator.job.Jobs;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Jobs as the API shows them: what their users said, and where they stand now. */
@ApplicationScoped
public class JobViews {

    private static final String STATES = "SELECT " + JobState.COLUMNS + JobState.TABLES + " WHERE j.id = ANY($1)";

    private final Jobs jobs;
    private final Pool pool;

    JobViews(Jobs jobs, @ReactiveDataSource("flow") Pool pool) {
        this.jobs = jobs;
        this.pool = pool;
    }

    /** One job; fails with 404 {@code JOB_NOT_FOUND}. */
    public Uni<JobView> find(JobRef ref) {
        return jobs.find(ref)
                .chain(job -> withStates(List.of(job)))
                .map(found -> found.stream().findFirst().orElseThrow(Jobs::notFound));
    }

    /** At most so many jobs, newest first, from behind the given position. */
    public Uni<List<JobView>> page(JobFilter filter, Optional<JobPosition> after, int limit) {
        return jobs.page(filter, after, limit).chain(this::withStates);
    }

    private Uni<List<JobView>> withStates(List<JobDefinition> definitions) {
        Long[] ids = definitions.stream().map(JobDefinition::id).toArray(Long[]::new);
        return pool.preparedQuery(STATES)
                .mapping(JobState::of)
                .execute(Tuple.of(ids))
                .map(rows -> rows.stream().collect(Collectors.toMap(JobState::id, Function.identity())))
                .map(states -> join(definitions, states));
    }

    /** A job that was purged between the two statements is left out. */
    private static List<JobView> join(List<JobDefinition> definitions, Map<Long, JobState> states) {
        return definitions.stream()
                .filter(job -> states.containsKey(job.id()))
                .map(job -> JobView.of(job, states.get(job.id())))
                .toList();
    }
}
