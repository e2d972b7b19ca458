package io.hermes.registry;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** The registry's database, for what no route does. */
public final class RegistryDatabase {

    private RegistryDatabase() {}

    /** How many rows were changed. */
    public static int run(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The number that a query tells. */
    public static long number(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Every row of every table, as JSON. */
    public static List<String> dump() {
        return texts(
                        "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables"
                                + " WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')")
                .stream()
                .flatMap(table -> texts("SELECT to_jsonb(t)::text FROM " + table + " t").stream())
                .toList();
    }

    /** The first column of every row. */
    public static List<String> texts(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** A session of the caller's own. */
    public static Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + setting("PORT") + "/" + setting("NAME"),
                setting("USERNAME"),
                setting("PASSWORD"));
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue("HERMES_DATABASE_" + name, String.class);
    }
}
