package io.hermes.systemtests.oracle;

import io.hermes.stack.StackDescription.PostgresNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What the orchestrator's database says about one job, read by plain SQL. A connection a question, so that a killed server costs one
 * answer only.
 */
public record Books(PostgresNode server, UUID job) {

    /** One statement is one snapshot: counters and items are compared as of the same moment. */
    private static final String BALANCE = """
            SELECT j.status,
                   p.scanned, p.waiting + p.queued, p.in_progress, p.migrated, p.failed, p.skipped,
                   p.scanned_bytes, p.open_bytes, p.migrated_bytes, p.failed_bytes, p.skipped_bytes,
                   i.*
              FROM migration_jobs j
              JOIN migration_job_progress p ON p.job_id = j.id
             CROSS JOIN LATERAL (
                   SELECT count(*),
                          count(*) FILTER (WHERE status = 'pending'),
                          count(*) FILTER (WHERE status = 'in_progress'),
                          count(*) FILTER (WHERE status = 'completed'),
                          count(*) FILTER (WHERE status = 'failed'),
                          count(*) FILTER (WHERE status = 'skipped'),
                          coalesce(sum(size_bytes), 0),
                          coalesce(sum(size_bytes) FILTER (WHERE status IN ('pending', 'in_progress')), 0),
                          coalesce(sum(size_bytes) FILTER (WHERE status = 'completed'), 0),
                          coalesce(sum(size_bytes) FILTER (WHERE status = 'failed'), 0),
                          coalesce(sum(size_bytes) FILTER (WHERE status = 'skipped'), 0)
                     FROM migration_items
                    WHERE migration_job_id = j.id) i
             WHERE j.job_uuid = ?""";

    private static final String OF_JOB = " WHERE migration_job_id = (SELECT id FROM migration_jobs WHERE job_uuid = ?)";
    private static final String ITEMS = """
            SELECT id, source_provider_id, status, coalesce(reason, ''), epoch, attempt_count,
                   coalesce(source_content_hash, ''), coalesce(dest_content_hash, ''), coalesce(dest_provider_id, ''),
                   coalesce(dest_revision, ''), coalesce(error_code, '')
              FROM migration_items""" + OF_JOB + " ORDER BY id";

    private static final int FIRST_COUNTER = 2;
    private static final int COUNTS = 6;
    private static final int SUMS = 5;

    /** Both witnesses now. */
    public Balance balance() throws SQLException {
        return ask(BALANCE, Books::balance).getFirst();
    }

    /** By the counters alone, which costs next to nothing. */
    public Pulse pulse() throws SQLException {
        String sql = "SELECT queued + in_progress, migrated + failed + skipped FROM migration_job_progress"
                + " WHERE job_id = (SELECT id FROM migration_jobs WHERE job_uuid = ?)";
        return ask(sql, row -> new Pulse(row.getLong(1), row.getLong(2))).getFirst();
    }

    /** Every document of the job. */
    public List<ItemRow> items() throws SQLException {
        return ask(ITEMS, Books::item);
    }

    /** Tasks that the broker has not acknowledged. */
    public long unsent() throws SQLException {
        return ask("SELECT count(*) FROM migration_outbox" + OF_JOB, row -> row.getLong(1))
                .getFirst();
    }

    /** Whether the job's claims on its providers have been given back. */
    public boolean released() throws SQLException {
        return ask(
                        "SELECT claims_released_at IS NOT NULL FROM migration_jobs WHERE job_uuid = ?",
                        row -> row.getBoolean(1))
                .getFirst();
    }

    /** Leases of this job that lapsed because a worker fell silent. */
    public long lapses() throws SQLException {
        return ask("SELECT count(*) FROM migration_attempts" + OF_JOB + " AND outcome = 'lost'", row -> row.getLong(1))
                .getFirst();
    }

    /** How often handling a document ended badly, by outcome and code, such as {@code failed CONTENT_HASH_MISMATCH}. */
    public SortedMap<String, Long> troubles() throws SQLException {
        String sql = "SELECT outcome || ' ' || coalesce(error_code, '?'), count(*) FROM migration_attempts" + OF_JOB
                + " GROUP BY 1";
        SortedMap<String, Long> troubles = new TreeMap<>();
        ask(sql, row -> troubles.put(row.getString(1), row.getLong(2)));
        return troubles;
    }

    /** Whether every document that will be there is there. */
    public boolean isPlanned() throws SQLException {
        String sql =
                "SELECT planning_done FROM migration_job_progress WHERE job_id = (SELECT id FROM migration_jobs WHERE job_uuid = ?)";
        return ask(sql, row -> row.getBoolean(1)).getFirst();
    }

    /** Documents that a worker whose name begins like this has reported to be working on. */
    public long inHandsOf(String worker) throws SQLException {
        String sql = "SELECT count(*) FROM migration_items" + OF_JOB
                + " AND status = 'in_progress' AND starts_with(worker_id, '" + worker + "')";
        return ask(sql, row -> row.getLong(1)).getFirst();
    }

    private static Balance balance(ResultSet row) throws SQLException {
        int items = FIRST_COUNTER + COUNTS + SUMS;
        return new Balance(
                row.getString(1),
                counts(row, FIRST_COUNTER),
                counts(row, items),
                bytes(row, FIRST_COUNTER + COUNTS),
                bytes(row, items + COUNTS));
    }

    private static Counts counts(ResultSet row, int first) throws SQLException {
        return new Counts(
                row.getLong(first),
                row.getLong(first + 1),
                row.getLong(first + 2),
                row.getLong(first + 3),
                row.getLong(first + 4),
                row.getLong(first + 5));
    }

    private static Bytes bytes(ResultSet row, int first) throws SQLException {
        return new Bytes(
                row.getLong(first),
                row.getLong(first + 1),
                row.getLong(first + 2),
                row.getLong(first + 3),
                row.getLong(first + 4));
    }

    private static ItemRow item(ResultSet row) throws SQLException {
        return new ItemRow(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getInt(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11));
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> ask(String sql, Reader<T> reader) throws SQLException {
        try (Connection connection = Database.connect(server);
                PreparedStatement question = connection.prepareStatement(sql)) {
            question.setObject(1, job);
            List<T> answer = new ArrayList<>();
            try (ResultSet row = question.executeQuery()) {
                while (row.next()) {
                    answer.add(reader.read(row));
                }
            }
            return answer;
        }
    }
}
