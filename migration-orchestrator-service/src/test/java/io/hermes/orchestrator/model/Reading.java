package io.hermes.orchestrator.model;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Reads a job as it stands in the database. */
final class Reading {

    private static final String JOB = """
        SELECT concat(upper(j.status), ' to ' || upper(j.pending_action),
                      CASE WHEN j.pending_action = 'fail' THEN ' ' || split_part(j.status_reason, ':', 1) END,
                      ' ' || upper(j.outcome) || ' ' || coalesce(split_part(j.status_reason, ':', 1), '-')) AS job,
               concat(CASE WHEN p.planning_done THEN 'done' ELSE 'open' END, ' epoch ', p.planning_epoch, ' lease ',
                      CASE WHEN p.planning_lease_until IS NULL THEN 'NONE' WHEN p.planning_lease_until < now() THEN 'LAPSED'
                           ELSE 'HELD' END,
                      CASE WHEN p.planning_retry_at > now() THEN ' waits' END) AS planning,
               p.scanned, p.waiting, p.queued, p.in_progress, p.migrated, p.failed, p.skipped,
               p.scanned_bytes, p.open_bytes, p.migrated_bytes, p.failed_bytes, p.skipped_bytes, p.requests,
               ARRAY(SELECT concat(CASE h.provider_uuid WHEN j.source_provider_uuid THEN 'source' ELSE 'destination' END,
                                   CASE WHEN h.retry_at <= now() THEN ' due' END) AS hold
                       FROM provider_holds h ORDER BY hold) AS holds,
               ARRAY(SELECT substring(i.source_provider_id FROM 5) || '@' || reverse(split_part(reverse(o.idempotent_key), ':', 1))
                       FROM migration_outbox o JOIN migration_items i ON i.id = o.migration_item_id
                      WHERE o.migration_job_id = j.id ORDER BY o.id) AS outbox
          FROM migration_jobs j JOIN migration_job_progress p ON p.job_id = j.id WHERE j.id = ?
        """;

    private static final String ROWS = """
        SELECT substring(source_provider_id FROM 5)::int AS number, upper(concat_ws('_', status, CASE WHEN status = 'pending' THEN reason END)) AS status,
               epoch, attempt_count, delivery_count,
               CASE WHEN lease_until IS NULL THEN 'NONE' WHEN lease_until < now() THEN 'LAPSED' ELSE 'HELD' END AS lease,
               queue_lapse_offsets IS NOT NULL AS noted, size_bytes, CASE WHEN status = 'failed' THEN error_code END AS code
          FROM migration_items WHERE migration_job_id = ? ORDER BY id
        """;

    private static final String LEDGER =
            "SELECT outcome, count(*) AS n FROM migration_attempts WHERE migration_job_id = ? GROUP BY outcome";

    private final DataSource database;
    private final long job;

    Reading(DataSource database, long job) {
        this.database = database;
        this.job = job;
    }

    /** Rows read. */
    private interface Step<T> {
        T read(ResultSet rows) throws SQLException;
    }

    Snapshot snapshot() {
        try (Connection connection = database.getConnection()) {
            List<Row> rows = query(connection, ROWS, Reading::rows);
            Map<String, Long> ledger = query(connection, LEDGER, Reading::ledger);
            return query(connection, JOB, job -> job(job, rows, ledger));
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private <T> T query(Connection connection, String sql, Step<T> step) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, job);
            try (ResultSet rows = statement.executeQuery()) {
                return step.read(rows);
            }
        }
    }

    private static Snapshot job(ResultSet row, List<Row> rows, Map<String, Long> ledger) throws SQLException {
        row.next();
        Books books = new Books(
                row.getLong("scanned"),
                row.getLong("waiting"),
                row.getLong("queued"),
                row.getLong("in_progress"),
                row.getLong("migrated"),
                row.getLong("failed"),
                row.getLong("skipped"),
                row.getLong("scanned_bytes"),
                row.getLong("open_bytes"),
                row.getLong("migrated_bytes"),
                row.getLong("failed_bytes"),
                row.getLong("skipped_bytes"));
        return new Snapshot(
                row.getString("job"),
                row.getString("planning"),
                books,
                rows,
                List.of((String[]) row.getArray("holds").getArray()),
                List.of((String[]) row.getArray("outbox").getArray()),
                ledger + " requests " + row.getLong("requests"));
    }

    private static List<Row> rows(ResultSet rows) throws SQLException {
        List<Row> found = new ArrayList<>();
        while (rows.next()) {
            found.add(new Row(
                    rows.getInt("number"),
                    rows.getString("status"),
                    rows.getInt("epoch"),
                    rows.getInt("attempt_count"),
                    rows.getInt("delivery_count"),
                    rows.getString("lease"),
                    rows.getBoolean("noted"),
                    rows.getLong("size_bytes"),
                    rows.getString("code")));
        }
        return List.copyOf(found);
    }

    private static Map<String, Long> ledger(ResultSet rows) throws SQLException {
        Map<String, Long> ledger = new TreeMap<>();
        while (rows.next()) {
            ledger.put(rows.getString("outcome"), rows.getLong("n"));
        }
        return ledger;
    }
}
