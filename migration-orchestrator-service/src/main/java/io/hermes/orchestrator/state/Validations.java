package io.hermes.orchestrator.state;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.Optional;

/**
 * Puts the look at the destination between the last document and the end of a job. It begins when everything else is over, is called off
 * when documents are tried again, and is made by whoever claims it. The job's lock is held.
 */
@ApplicationScoped
public class Validations {

    /**
     * Nothing is to be looked for where nothing was brought; a comparison looks for what only the destination has. The epoch is raised, so
     * that whoever was still listing for an earlier look writes nothing any more.
     */
    private static final String BEGIN = """
            WITH due AS (
                UPDATE migration_jobs j SET validation_status = 'pending', validation_errors = NULL, updated_at = now()
                  FROM migration_job_progress p
                 WHERE j.id = $1 AND p.job_id = j.id AND j.validation_status IS NULL AND j.validate_after_migration
                   AND (p.migrated > 0 OR j.strategy = 'verify')
                RETURNING j.id)
            UPDATE migration_job_progress p
               SET phase = 'validating', validation_pass = p.validation_pass + 1, validated = 0, invalid = 0, listing_token = NULL,
                   planning_epoch = p.planning_epoch + 1, planning_owner = NULL, planning_lease_until = NULL, planning_retry_at = NULL,
                   planning_error = NULL, sequence = p.sequence + 1, updated_at = now()
              FROM due WHERE p.job_id = due.id
            """;

    private static final String STANDING = """
            SELECT j.validation_status, j.strategy, p.migrated, p.invalid, p.planning_error
              FROM migration_jobs j JOIN migration_job_progress p ON p.job_id = j.id WHERE j.id = $1
            """;

    private static final String CALL_OFF = """
            WITH off AS (
                UPDATE migration_jobs SET validation_status = NULL, validation_errors = NULL, updated_at = now()
                 WHERE id = $1 AND validation_status = 'pending'
                RETURNING id)
            UPDATE migration_job_progress p
               SET phase = 'transferring', planning_epoch = p.planning_epoch + 1, planning_owner = NULL, planning_lease_until = NULL,
                   planning_retry_at = NULL, sequence = p.sequence + 1, updated_at = now()
              FROM off WHERE p.job_id = off.id
            """;

    private final AfterCommit afterCommit;
    private final Event<ValidationDue> due;

    Validations(AfterCommit afterCommit, Event<ValidationDue> due) {
        this.afterCommit = afterCommit;
        this.due = due;
    }

    /** Where it stands, for a job whose documents have all ended; begins it if it is due. */
    Uni<Validation> standing(SqlConnection tx, LockedJob job) {
        return tx.preparedQuery(BEGIN)
                .execute(Tuple.of(job.id()))
                .chain(begun -> begun.rowCount() > 0
                        ? Uni.createFrom().item(begun(tx, job))
                        : tx.preparedQuery(STANDING)
                                .execute(Tuple.of(job.id()))
                                .map(rows -> standing(rows.iterator().next())));
    }

    private Validation begun(SqlConnection tx, LockedJob job) {
        afterCommit.run(tx, () -> due.fire(new ValidationDue(job.id())));
        return new Validation.UnderWay();
    }

    /** Documents are to be tried again: what is looked at now would not be the end. Does nothing unless a look is under way. */
    public Uni<Void> callOff(SqlConnection tx, LockedJob job) {
        return tx.preparedQuery(CALL_OFF).execute(Tuple.of(job.id())).replaceWithVoid();
    }

    private static Validation standing(Row row) {
        String status = row.getString("validation_status");
        if ("pending".equals(status)) {
            return new Validation.UnderWay();
        }
        return new Validation.Over("failed".equals(status) ? trouble(row) : Optional.empty());
    }

    /** What a comparison found stands in its items. */
    private static Optional<String> trouble(Row row) {
        return Optional.ofNullable(row.getString("planning_error"))
                .map(error -> "VALIDATION_FAILED: The destination could not be looked through. " + error)
                .or(() -> row.getLong("invalid") == 0
                        ? Optional.empty()
                        : Optional.of(
                                "VALIDATION_FAILED: %d of %d migrated documents do not stand at the destination as they were written; validationErrors names them. Clone the job to bring them again, or retry to look again."
                                        .formatted(row.getLong("invalid"), row.getLong("migrated"))));
    }
}
