package io.hermes.orchestrator.model;

import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.orchestrator.job.JobDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** One job in the database, and the hands of its clock. */
final class RealJob {

    private static final String PAST = "now() - interval '1 second'";

    private final JobDefinition definition;
    private final Function<String, List<String>> query;
    private final BiFunction<String, Long, Integer> update;

    /**
     * @param query runs a query with the job's id for its one parameter, and answers its first column
     * @param update runs a statement with one parameter
     */
    RealJob(JobDefinition definition, Function<String, List<String>> query, BiFunction<String, Long, Integer> update) {
        this.definition = definition;
        this.query = query;
        this.update = update;
    }

    long id() {
        return definition.id();
    }

    JobDefinition definition() {
        return definition;
    }

    static ErrorCode code(String code) {
        return ErrorCode.valueOf(code);
    }

    /** The id of the document of this number, counted round. */
    Optional<Long> item(Model before, int number) {
        return Steps.document(before, number).map(document -> item(document.number));
    }

    private long item(int number) {
        return Long.parseLong(
                query.apply("SELECT id FROM migration_items WHERE migration_job_id = ? AND source_provider_id = 'doc-"
                                + number + "'")
                        .getFirst());
    }

    int lapse(Model before, int number) {
        return item(before, number)
                .map(item -> update.apply(
                        "UPDATE migration_items SET lease_until = " + PAST
                                + " WHERE id = ? AND lease_until IS NOT NULL",
                        item))
                .orElse(0);
    }

    int lapsePlanning() {
        return update.apply(
                "UPDATE migration_job_progress SET planning_lease_until = " + PAST
                        + " WHERE job_id = ? AND planning_lease_until IS NOT NULL",
                id());
    }

    int planningIsDue() {
        return update.apply(
                "UPDATE migration_job_progress SET planning_retry_at = " + PAST
                        + " WHERE job_id = ? AND planning_retry_at IS NOT NULL",
                id());
    }

    int waitsAreOver() {
        return update.apply(
                "UPDATE migration_items SET next_attempt_at = " + PAST
                        + " WHERE migration_job_id = ? AND next_attempt_at IS NOT NULL",
                id());
    }

    int holdsAreDue() {
        return update.apply("UPDATE provider_holds SET retry_at = " + PAST + " WHERE retry_after_ms > ?", 0L);
    }

    /** What a worker sends. */
    MigrationEvent event(Told told) {
        return new Events(id(), definition.jobUuid(), definition.sourceProviderUuid(), definition.destProviderUuid())
                .event(told, item(told.document()));
    }
}
