package io.hermes.orchestrator.view;

import static io.hermes.orchestrator.view.JobState.instant;

import io.hermes.contract.event.ErrorCode;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.orchestrator.job.Texts;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The items of a job. */
@ApplicationScoped
public class ItemViews {

    private static final String COLUMNS = """
            id, migration_job_id, document_uuid, source_provider_id, dest_provider_id, status, reason, attempt_count, max_attempts,
            delivery_count, error_code, error_message, is_retryable, source_content_hash, dest_content_hash, content_match,
            size_bytes, dest_size_bytes, metadata, bytes_transferred, source_revision, dest_revision, replaced_revision, worker_id, duration_ms, requests,
            created_at, updated_at, started_at, completed_at, next_attempt_at
            """;

    /** Status by status, and compared as rows, as the ledger does it. */
    static final String PAGE = """
            SELECT item.* FROM unnest($2::text[]) AS wanted(status) CROSS JOIN LATERAL (
                SELECT %s FROM migration_items
                 WHERE migration_job_id = $1 AND (status, id) > (wanted.status, $3) AND status <= wanted.status
                   AND ($4::text IS NULL OR error_code = $4)
                   AND ($5::text IS NULL OR source_provider_id LIKE $5 OR dest_provider_id LIKE $5)
                 ORDER BY status, id LIMIT $6) AS item
             ORDER BY item.id LIMIT $6
            """.formatted(COLUMNS);

    private static final String ONE =
            "SELECT " + COLUMNS + " FROM migration_items WHERE migration_job_id = $1 AND id = $2";

    private static final String ATTEMPTS = """
            SELECT epoch, attempt, worker_id, outcome, error_code, error_message, duration_ms, ended_at
              FROM migration_attempts WHERE migration_item_id = $1 ORDER BY id LIMIT 200
            """;

    private final Pool pool;

    ItemViews(@ReactiveDataSource("flow") Pool pool) {
        this.pool = pool;
    }

    /** At most so many items of the job, oldest first, whose number is above the given one. */
    public Uni<List<ItemView>> page(long jobId, ItemFilter filter, long after, int limit) {
        Tuple parameters = Tuple.tuple()
                .addLong(jobId)
                .addArrayOfString(ItemStatus.words(filter.status()))
                .addLong(after)
                .addString(filter.errorCode().map(Enum::name).orElse(null))
                .addString(filter.keyContains().map(Texts::containing).orElse(null))
                .addInteger(limit);
        return pool.preparedQuery(PAGE)
                .mapping(row -> view(row, null))
                .execute(parameters)
                .map(rows -> rows.stream().toList());
    }

    /** One item of the job with its attempts; fails with 404 {@code ITEM_NOT_FOUND}. */
    public Uni<ItemView> find(long jobId, long itemId) {
        return attempts(itemId).chain(attempts -> find(jobId, itemId, attempts));
    }

    private Uni<ItemView> find(long jobId, long itemId, List<AttemptView> attempts) {
        return pool.preparedQuery(ONE)
                .mapping(row -> view(row, attempts))
                .execute(Tuple.of(jobId, itemId))
                .map(rows -> rows.stream().findFirst().orElseThrow(ItemViews::notFound));
    }

    private Uni<List<AttemptView>> attempts(long itemId) {
        return pool.preparedQuery(ATTEMPTS)
                .mapping(ItemViews::attempt)
                .execute(Tuple.of(itemId))
                .map(rows -> rows.stream().toList());
    }

    private static ApiProblem notFound() {
        return ApiProblem.of(404, "ITEM_NOT_FOUND", "No such item", "This job has no item with this id.");
    }

    private static AttemptView attempt(Row row) {
        return new AttemptView(
                row.getInteger("epoch"),
                row.getInteger("attempt"),
                row.getString("worker_id"),
                row.getString("outcome"),
                row.getString("error_code"),
                row.getString("error_message"),
                row.getLong("duration_ms"),
                instant(row, "ended_at"));
    }

    private static String sourceKey(Row row) {
        boolean extra = ErrorCode.DEST_EXTRA.name().equals(row.getString("error_code"));
        return extra ? null : row.getString("source_provider_id");
    }

    private static List<String> names(Row row, String remark) {
        JsonObject remarks = row.getJsonObject("metadata");
        return remarks == null || !remarks.containsKey(remark)
                ? List.of()
                : remarks.getJsonArray(remark).stream().map(String::valueOf).toList();
    }

    private static ItemView view(Row row, List<AttemptView> attempts) {
        ErrorWords error = ErrorWords.of(row.getString("error_code"));
        return new ItemView(
                row.getLong("id"),
                row.getLong("migration_job_id"),
                row.getUUID("document_uuid"),
                sourceKey(row),
                row.getString("dest_provider_id"),
                sourceKey(row),
                row.getString("dest_provider_id"),
                row.getString("status"),
                row.getString("reason"),
                row.getInteger("attempt_count"),
                row.getInteger("max_attempts"),
                row.getInteger("delivery_count"),
                row.getString("error_code"),
                row.getString("error_message"),
                row.getBoolean("is_retryable"),
                error.origin(),
                error.hint(),
                row.getString("source_content_hash"),
                row.getString("dest_content_hash"),
                row.getBoolean("content_match"),
                names(row, "metadataLoss"),
                names(row, "metadataDifferences"),
                row.getLong("size_bytes"),
                row.getLong("dest_size_bytes"),
                row.getLong("bytes_transferred"),
                row.getString("source_revision"),
                row.getString("dest_revision"),
                row.getString("replaced_revision"),
                row.getString("worker_id"),
                row.getLong("duration_ms"),
                row.getInteger("requests"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                instant(row, "started_at"),
                instant(row, "completed_at"),
                instant(row, "next_attempt_at"),
                attempts);
    }
}
