package io.hermes.orchestrator.timeline;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Writes timelines. A row is written in the transaction of what it tells of: both are there, or neither.
 *
 * <p>Rows of a job are bounded: there is none per document, and no more than a thousand of each kind; what happens more often than that
 * is not told any further.
 */
@ApplicationScoped
public class Timeline {

    /**
     * The one statement, with named parameters for the persistence context. {@code clock_timestamp()} is the column's default: a
     * transaction that waited for the job's lock tells its part after the one that held it. The fields go through text, or the client would
     * make a JSON string of them.
     */
    public static final String APPEND = """
            INSERT INTO migration_timeline (migration_job_id, kind, actor, sentence, fields)
            SELECT CAST(:job AS bigint), CAST(:kind AS text), CAST(:actor AS text), CAST(:sentence AS text),
                   CAST(CAST(:fields AS text) AS jsonb)
             WHERE (SELECT count(*) FROM migration_timeline
                     WHERE migration_job_id = CAST(:job AS bigint) AND kind = CAST(:kind AS text)) < 1000
            """;

    /** The same for the plain SQL path, which numbers its parameters. */
    private static final String NUMBERED = APPEND.replace(":job", "$1")
            .replace(":kind", "$2")
            .replace(":actor", "$3")
            .replace(":sentence", "$4")
            .replace(":fields", "$5");

    /** Tells of this in the caller's transaction. */
    public Uni<Void> append(SqlConnection tx, long jobId, TimelineEntry entry) {
        return tx.preparedQuery(NUMBERED)
                .execute(Tuple.of(
                        jobId,
                        entry.kind().word(),
                        entry.actor(),
                        entry.sentence(),
                        entry.fields().encode()))
                .replaceWithVoid();
    }
}
