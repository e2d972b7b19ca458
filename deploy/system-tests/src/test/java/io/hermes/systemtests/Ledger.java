package io.hermes.systemtests;

import io.hermes.stack.StackDescription.PostgresNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import org.postgresql.Driver;

/** What the orchestrator's database says about one job. A connection a question, so that a killed server costs one answer only. */
record Ledger(PostgresNode server, UUID job) {

    /** One statement is one snapshot: counters and items are compared as of the same moment. */
    private static final String BALANCE = """
            SELECT j.status, p.scanned, p.waiting + p.queued, p.in_progress, p.migrated, p.failed, p.skipped, i.*
              FROM migration_jobs j
              JOIN migration_job_progress p ON p.job_id = j.id
             CROSS JOIN LATERAL (
                   SELECT count(*),
                          count(*) FILTER (WHERE status = 'pending'),
                          count(*) FILTER (WHERE status = 'in_progress'),
                          count(*) FILTER (WHERE status = 'completed'),
                          count(*) FILTER (WHERE status = 'failed'),
                          count(*) FILTER (WHERE status = 'skipped')
                     FROM migration_items
                    WHERE migration_job_id = j.id) i
             WHERE j.job_uuid = ?""";

    private static final String OF_JOB =
            " FROM migration_items WHERE migration_job_id = (SELECT id FROM migration_jobs WHERE job_uuid = ?)";
    private static final int COUNTS = 6;

    /** Both witnesses at one moment. */
    record Balance(String status, Counts counters, Counts items) {

        boolean holds() {
            return counters.addUp() && items.addUp() && counters.equals(items);
        }
    }

    Balance balance() throws SQLException {
        return ask(BALANCE, row -> new Balance(row.getString(1), counts(row, 2), counts(row, 2 + COUNTS)));
    }

    /** Items whose two hashes are there and equal. */
    long proven() throws SQLException {
        return number("SELECT count(*)" + OF_JOB
                + " AND status = 'completed' AND content_match AND source_content_hash = dest_content_hash");
    }

    /** Attempts of all items that count against them: a killed server is not the document's fault. */
    long attempts() throws SQLException {
        return number("SELECT coalesce(sum(attempt_count), 0)" + OF_JOB);
    }

    /** Tasks that the broker has not acknowledged. */
    long unsent() throws SQLException {
        return number("SELECT count(*) FROM migration_outbox o JOIN migration_jobs j ON j.id = o.migration_job_id"
                + " WHERE j.job_uuid = ?");
    }

    private long number(String sql) throws SQLException {
        return ask(sql, row -> row.getLong(1));
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

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> T ask(String sql, Reader<T> reader) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement question = connection.prepareStatement(sql)) {
            question.setObject(1, job);
            try (ResultSet row = question.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("no such job: " + job);
                }
                return reader.read(row);
            }
        }
    }

    private Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", server.user());
        login.setProperty("password", server.password());
        login.setProperty("connectTimeout", "2");
        login.setProperty("socketTimeout", "10");
        String url = "jdbc:postgresql://%s:%d/%s".formatted(server.host(), server.port(), server.migrationDatabase());
        return new Driver().connect(url, login);
    }
}
