package io.hermes.orchestrator.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Fills {@code migration_items} for tests of what must not depend on how many there are. {@code -Dhermes.plans.documents} says how many that
 * is, {@code -Pscale} makes it ten million.
 */
public final class ManyItems {

    /** From here on an index that grows row by row at random places takes longer than the rows. */
    private static final int MANY = 200_000;

    private ManyItems() {}

    /** How many documents the biggest job of a test has. */
    public static int documents(int usually) {
        return Integer.getInteger("hermes.plans.documents", usually);
    }

    /** Runs the fill, if it is of many rows without the indexes, which are built anew behind it; and tells the planner what is there. */
    public static void fill(DataSource database, int documents, Runnable fill) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            List<String> indexes = documents < MANY ? List.of() : withoutIndexes(statement);
            try {
                fill.run();
            } finally {
                for (String index : indexes) {
                    boolean unused = statement.execute(index);
                }
            }
            boolean unused = statement.execute("ANALYZE migration_items");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Drops all but the primary key, which grows at its end, and gives what builds them. */
    private static List<String> withoutIndexes(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> definitions = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery("SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)"
                        + " FROM pg_index i WHERE i.indrelid = 'migration_items'::regclass AND NOT i.indisprimary")) {
            while (rows.next()) {
                names.add(rows.getString(1));
                definitions.add(rows.getString(2));
            }
        }
        for (String name : names) {
            boolean unused = statement.execute("DROP INDEX " + name);
        }
        // What a test before has deleted makes room for this one.
        boolean vacuumed = statement.execute("VACUUM migration_items");
        boolean set = statement.execute("SET maintenance_work_mem = '256MB'");
        return definitions;
    }
}
