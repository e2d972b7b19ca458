package io.hermes.orchestrator.job;

import io.hermes.orchestrator.timeline.Timeline;
import io.hermes.orchestrator.timeline.TimelineEntry;
import io.quarkus.hibernate.reactive.panache.PanacheQuery;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code migration_jobs}, as far as it is what users said. Every method needs the caller's session. */
@ApplicationScoped
class JobRepository implements PanacheRepository<JobEntity> {

    /** The only statement on that table which this path knows; from then on it belongs to plain SQL. */
    private static final String INSERT_PROGRESS = "INSERT INTO migration_job_progress (job_id) VALUES (:job)";

    private static final Sort NEWEST_FIRST = Sort.descending("createdAt").and("id", Sort.Direction.Descending);

    /** The job, its progress row and the beginning of its timeline: none is ever seen without the others. */
    Uni<JobEntity> insert(JobEntity job) {
        return persistAndFlush(job).call(this::insertProgress).call(this::tell);
    }

    private Uni<Integer> tell(JobEntity job) {
        TimelineEntry entry =
                TimelineEntry.created(job.createdBy, job.strategy, job.sourceProviderName, job.destProviderName);
        return getSession()
                .chain(session -> session.createNativeQuery(Timeline.APPEND)
                        .setParameter("job", job.id)
                        .setParameter("kind", entry.kind().word())
                        .setParameter("actor", entry.actor())
                        .setParameter("sentence", entry.sentence())
                        .setParameter("fields", entry.fields().encode())
                        .executeUpdate());
    }

    private Uni<Integer> insertProgress(JobEntity job) {
        return getSession()
                .chain(session -> session.createNativeQuery(INSERT_PROGRESS)
                        .setParameter("job", job.id)
                        .executeUpdate());
    }

    /** Documents that a job's user named one by one. */
    record Named(List<UUID> documents, List<String> keys) {}

    Uni<Named> named(long job) {
        return getSession()
                .chain(session -> session.createQuery(
                                "select documentUuids, documentKeys from JobEntity where id = :job", Object[].class)
                        .setParameter("job", job)
                        .getSingleResult())
                .map(row -> new Named(
                        row[0] == null ? List.of() : List.of((UUID[]) row[0]),
                        row[1] == null ? List.of() : List.of((String[]) row[1])));
    }

    Uni<JobDefinition> definition(JobRef ref) {
        PanacheQuery<JobEntity> query = switch (ref) {
            case JobRef.ById(long id) -> find("id = ?1 and purgingAt is null", id);
            case JobRef.ByUuid(var uuid) -> find("jobUuid = ?1 and purgingAt is null", uuid);
        };
        return query.project(JobDefinition.class).firstResult();
    }

    Uni<List<JobDefinition>> page(JobFilter filter, Optional<JobPosition> after, int limit) {
        JobFilter.Condition condition = filter.condition();
        after.ifPresent(condition::below);
        return find(condition.hql(), NEWEST_FIRST, condition.parameters())
                .range(0, limit - 1)
                .project(JobDefinition.class)
                .list();
    }
}
