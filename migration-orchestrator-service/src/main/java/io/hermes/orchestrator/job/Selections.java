package io.hermes.orchestrator.job;

import io.hermes.edge.problem.ApiProblem;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds out which documents a request names. */
@ApplicationScoped
class Selections {

    /** They become a column of the new job, which the planner reads as a whole. */
    private static final int MOST_FAILURES = 50_000;

    private static final String FAILED = """
            SELECT j.job_uuid, j.job_name, j.source_provider_uuid,
                   ARRAY(SELECT i.source_provider_id FROM migration_items i
                          WHERE i.migration_job_id = j.id AND i.status = 'failed' AND i.error_code <> 'DEST_EXTRA' ORDER BY i.id LIMIT $3) AS keys
              FROM migration_jobs j WHERE (j.id = $1 OR j.job_uuid = $2) AND j.purging_at IS NULL
            """;

    private final Pool pool;

    Selections(@ReactiveDataSource("flow") Pool pool) {
        this.pool = pool;
    }

    /** Fails with a 422 problem if it names another job's failures and they are none, too many, or of another source. */
    Uni<Selection> of(CreateJob request, Route route) {
        if (request.failuresOf().isPresent()) {
            return failed(request.failuresOf().get(), route);
        }
        return Uni.createFrom().item(named(request));
    }

    private static Selection named(CreateJob request) {
        if (request.documentList()) {
            return new Selection.Listed();
        }
        if (!request.documentKeys().isEmpty()) {
            return new Selection.Keys(request.keys(), Optional.empty());
        }
        return request.documents().isEmpty() ? new Selection.Criteria() : new Selection.Documents(request.documents());
    }

    private Uni<Selection> failed(JobRef ref, Route route) {
        Tuple parameters = switch (ref) {
            case JobRef.ById(long id) -> Tuple.of(id, null, MOST_FAILURES + 1);
            case JobRef.ByUuid(UUID uuid) -> Tuple.of(null, uuid, MOST_FAILURES + 1);
        };
        return pool.preparedQuery(FAILED).execute(parameters).map(rows -> {
            if (rows.size() == 0) {
                throw refusal("JOB_UNKNOWN", "No such job", "There is no job with this id; it may have been purged.");
            }
            return failures(rows.iterator().next(), route);
        });
    }

    private static Selection failures(Row row, Route route) {
        String name = row.getString("job_name");
        List<String> keys = List.of(row.getArrayOfStrings("keys"));
        if (!row.getUUID("source_provider_uuid").equals(route.source().providerUuid())) {
            throw refusal(
                    "SELECTION_OF_OTHER_SOURCE",
                    "The failures are of another source",
                    "'" + name + "' does not read from '" + route.source().providerName()
                            + "'. Name its source as the source of this job.");
        }
        if (keys.isEmpty()) {
            throw refusal(
                    "NOTHING_SELECTED",
                    "There are no failures",
                    "No document of '" + name + "' stands as failed, or its documents have been purged.");
        }
        if (keys.size() > MOST_FAILURES) {
            throw refusal(
                    "SELECTION_TOO_LARGE",
                    "Too many failures for a selection",
                    "More than " + MOST_FAILURES + " documents of '" + name
                            + "' have failed. Retry that job, or create this one by criteria: what is identical is skipped.");
        }
        return new Selection.Keys(keys, Optional.of(row.getUUID("job_uuid")));
    }

    private static ApiProblem refusal(String code, String title, String detail) {
        return ApiProblem.of(422, code, title, detail).with("field", "failedOf");
    }
}
