package io.hermes.orchestrator.item;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Keys of documents that came as a file, in the order of the file. Each statement is its own transaction: a list may take as long as its
 * sender does, and nobody looks at it before a job points at it.
 */
@ApplicationScoped
public class DocumentLists {

    private static final int BATCH = 5000;

    private static final String OPEN =
            "INSERT INTO migration_document_lists (migration_job_id) VALUES ($1) RETURNING id";

    private static final String APPEND = """
            INSERT INTO migration_listed_documents (list_id, position, source_key)
            SELECT $1, position, key FROM unnest($2::bigint[], $3::text[]) AS d (position, key)
            ON CONFLICT DO NOTHING
            """;

    private static final String PAGE = """
            SELECT position, source_key FROM migration_listed_documents
             WHERE list_id = $1 AND position > $2 ORDER BY position LIMIT $3
            """;

    private static final String CLEAR = """
            DELETE FROM migration_listed_documents WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM migration_listed_documents WHERE list_id = $1 LIMIT $2))
            """;

    /** Under the job's lock, so that of two files that come at the same time the other one cannot be adopted as well. */
    private static final String ADOPT =
            "SELECT 1 FROM migration_document_lists WHERE id = $2 AND migration_job_id = $1 AND NOT dropped FOR UPDATE";

    private static final String DROP_OTHERS = """
            UPDATE migration_document_lists SET dropped = TRUE WHERE migration_job_id = $1 AND id <> $2 AND NOT dropped RETURNING id
            """;

    private static final String DROP = """
            UPDATE migration_document_lists SET dropped = TRUE
             WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM migration_jobs WHERE document_list = $1)
            """;

    private static final String ABANDONED = """
            SELECT l.id FROM migration_document_lists l
             WHERE l.dropped OR (l.created_at < now() - interval '1 day'
                                 AND NOT EXISTS (SELECT 1 FROM migration_jobs j WHERE j.id = l.migration_job_id AND j.document_list = l.id))
             ORDER BY l.id LIMIT 20
            """;

    private static final String FORGET = "DELETE FROM migration_document_lists WHERE id = $1 AND dropped";

    private final Pool pool;

    DocumentLists(@ReactiveDataSource("flow") Pool pool) {
        this.pool = pool;
    }

    /**
     * A key of a list.
     *
     * @param position where it stands; grows from one to the next
     */
    public record Listed(long position, String key) {}

    /** Begins a list for this job; returns its number. */
    public Uni<Long> open(long jobId) {
        return pool.preparedQuery(OPEN)
                .execute(Tuple.of(jobId))
                .map(rows -> rows.iterator().next().getLong("id"));
    }

    /**
     * Adds keys. One that the list has already, or that was added by the same call before, is left alone.
     *
     * @return how many were new
     */
    public Uni<Integer> append(long list, List<Listed> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        Long[] positions = keys.stream().map(Listed::position).toArray(Long[]::new);
        String[] texts = keys.stream().map(Listed::key).toArray(String[]::new);
        return pool.preparedQuery(APPEND)
                .execute(Tuple.of(list, positions, texts))
                .map(rows -> rows.rowCount());
    }

    /** At most so many keys behind the given position. */
    public Uni<List<Listed>> page(long list, long after, int limit) {
        return pool.preparedQuery(PAGE)
                .mapping(row -> new Listed(row.getLong("position"), row.getString("source_key")))
                .execute(Tuple.of(list, after, limit))
                .map(rows -> rows.stream().toList());
    }

    /**
     * Makes this the only list that the job may point at; the job's lock is held.
     *
     * @return the lists to be dropped after the commit; empty if this one was dropped itself, because another file was faster
     */
    public Uni<Optional<List<Long>>> adopt(SqlConnection tx, long jobId, long list) {
        return tx.preparedQuery(ADOPT)
                .execute(Tuple.of(jobId, list))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(Optional.empty())
                        : tx.preparedQuery(DROP_OTHERS)
                                .execute(Tuple.of(jobId, list))
                                .map(others -> Optional.of(ids(others))));
    }

    /** Lists that nobody will ever point at: dropped before, or begun a day ago and not finished. */
    public Uni<List<Long>> abandoned() {
        return pool.query(ABANDONED).execute().map(DocumentLists::ids);
    }

    private static List<Long> ids(RowSet<Row> rows) {
        return rows.stream().map(row -> row.getLong("id")).toList();
    }

    /** Deletes a list, batch by batch, unless a job points at it. */
    public Uni<Void> drop(long list) {
        return pool.preparedQuery(DROP)
                .execute(Tuple.of(list))
                .chain(rows -> rows.rowCount() == 0 ? Uni.createFrom().voidItem() : clear(list));
    }

    private Uni<Void> clear(long list) {
        return Multi.createBy()
                .repeating()
                .uni(() -> pool.preparedQuery(CLEAR).execute(Tuple.of(list, BATCH)))
                .whilst(rows -> rows.rowCount() == BATCH)
                .collect()
                .last()
                .chain(() -> pool.preparedQuery(FORGET).execute(Tuple.of(list)))
                .replaceWithVoid();
    }
}
