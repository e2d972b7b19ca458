package io.hermes.systemtests.fault;

import io.hermes.systemtests.oracle.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/** F7: what happens to connections while PostgreSQL itself goes on. */
public final class Connections {

    private static final String TOO_MANY = "53300";
    private static final String CUT = """
            SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))
              FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
               AND application_name <> '%s'""";
    private static final String HOLD = """
            SELECT count(*), pg_sleep(%s) FROM (
                SELECT job_id FROM migration_job_progress
                 WHERE job_id = (SELECT id FROM migration_jobs WHERE job_uuid = '%s') FOR UPDATE) locked""";
    private static final String OURS = "all the connections there are";

    private final Processes processes;

    public Connections(Processes processes) {
        this.processes = processes;
    }

    /** Every connection to the orchestrators' database is cut, whatever it is being used for. */
    public Blow cutting() {
        return chance -> {
            try (Connection connection = connect()) {
                return cut(connection) > 0;
            }
        };
    }

    /** For this long, somebody else holds every connection that the server gives out. */
    public Blow exhausting(Duration time) {
        return chance -> {
            Deque<Connection> held = new ArrayDeque<>();
            boolean refused = false;
            try {
                held.push(connect());
                long end = System.nanoTime() + time.toNanos();
                while (System.nanoTime() < end) {
                    refused |= takeAll(held);
                    long unused = cut(held.peek());
                }
                return refused;
            } finally {
                for (Connection connection : held) {
                    connection.close();
                }
            }
        };
    }

    /** Somebody locks the row that everybody who books for this job must have, and takes this many seconds; at most nine. */
    public Blow holding(UUID job, int seconds) {
        return chance -> {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(HOLD.formatted(seconds, job))) {
                row.next();
                return row.getLong(1) == 1;
            }
        };
    }

    /** Until the server has no more. */
    private boolean takeAll(Deque<Connection> held) throws SQLException {
        try {
            while (true) {
                held.addLast(connect());
            }
        } catch (SQLException refusal) {
            if (!TOO_MANY.equals(refusal.getSQLState())) {
                throw refusal;
            }
            return true;
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = Database.connect(processes.description().postgres());
        connection.setClientInfo("ApplicationName", OURS);
        return connection;
    }

    private static long cut(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(CUT.formatted(OURS))) {
            row.next();
            return row.getLong(1);
        }
    }
}
