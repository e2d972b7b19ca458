package io.hermes.orchestrator.item;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Completed items of a job against what its destination shows. An item that has had its turn in a pass is marked with the pass, and with
 * nothing else: what became of it stays as it was. Counting marks that change makes a repeated page count nothing.
 */
@ApplicationScoped
public class CopiedItems {

    /**
     * {@code idx_migration_items_dest}, once for each key. {@code OFFSET 0} keeps PostgreSQL from reading all items of a job, or the whole
     * table, to join them afterwards. The job is locked, so that no item moves between the look and the mark. A listing or an item without a
     * revision is believed by the size alone.
     */
    static final String MARK_LISTED = """
            UPDATE migration_items m SET validation_pass = $2
              FROM unnest($3::text[], $4::bigint[], $5::text[]) AS d (key, size, etag)
             CROSS JOIN LATERAL (
                    SELECT i.ctid FROM migration_items i
                     WHERE i.migration_job_id = $1 AND key_entry(i.dest_provider_id) = key_entry(d.key) AND i.dest_provider_id = d.key
                       AND i.dest_provider_id IS NOT NULL AND i.completed_at IS NOT NULL
                       AND i.status = 'completed' AND i.validation_pass IS DISTINCT FROM $2 AND i.size_bytes = d.size
                       AND (d.etag = '' OR coalesce(i.dest_revision, '') = '' OR split_part(i.dest_revision, '#', 1) = d.etag)
                    OFFSET 0) AS standing
             WHERE m.ctid = standing.ctid
            """;

    /** {@code idx_migration_items_status}, which PostgreSQL leaves for the primary key where status and number are not compared as a row. */
    static final String UNMARKED = """
            SELECT id, dest_provider_id, size_bytes, dest_revision FROM migration_items
             WHERE migration_job_id = $1 AND (status, id) > ('completed', $2) AND status <= 'completed'
               AND validation_pass IS DISTINCT FROM $3
             ORDER BY status, id LIMIT $4
            """;

    /** By number; why the job is an expression, says {@link ItemRows#LOCK}. */
    static final String MARK = """
            UPDATE migration_items SET validation_pass = $3
             WHERE migration_job_id + 0 = $1 AND id = ANY($2) AND status = 'completed' AND validation_pass IS DISTINCT FROM $3
            RETURNING id
            """;

    /**
     * A document of the destination as a listing shows it.
     *
     * @param etag empty where the listing tells none
     */
    public record Listed(String key, long size, String etag) {}

    /**
     * Marks the items that stand there as they were written; what does not is left to be looked at by itself.
     *
     * @return how many were not marked before
     */
    public Uni<Integer> markListed(SqlConnection tx, long jobId, int pass, List<Listed> listed) {
        if (listed.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        Tuple tuple = Tuple.of(jobId, pass);
        tuple.addValue(listed.stream().map(Listed::key).toArray(String[]::new));
        tuple.addValue(listed.stream().map(Listed::size).toArray(Long[]::new));
        tuple.addValue(listed.stream().map(Listed::etag).toArray(String[]::new));
        return tx.preparedQuery(MARK_LISTED).execute(tuple).map(rows -> rows.rowCount());
    }

    /** The next items that have not had their turn. */
    public Uni<List<CopiedItem>> unmarked(SqlConnection tx, long jobId, int pass, long after, int limit) {
        return tx.preparedQuery(UNMARKED)
                .execute(Tuple.of(jobId, after, pass, limit))
                .map(rows -> rows.stream().map(CopiedItems::item).toList());
    }

    /** Marks these items, whatever was seen of them; tells which were not marked before. */
    public Uni<Set<Long>> mark(SqlConnection tx, long jobId, int pass, Collection<Long> ids) {
        return tx.preparedQuery(MARK)
                .execute(Tuple.of(jobId, ids.toArray(Long[]::new), pass))
                .map(rows -> rows.stream().map(row -> row.getLong("id")).collect(Collectors.toSet()));
    }

    private static CopiedItem item(Row row) {
        return new CopiedItem(
                row.getLong("id"),
                row.getString("dest_provider_id"),
                row.getLong("size_bytes"),
                row.getString("dest_revision"));
    }
}
