package io.hermes.edge.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * A real PostgreSQL for one test run, on a free port, with everything it unpacks below {@code target/}.
 *
 * <p>The init argument {@code database} names the database to create; the answer is the same {@code HERMES_DATABASE_*} that a
 * deployment sets.
 */
public final class PostgresServer implements QuarkusTestResourceLifecycleManager {

    private String database = "hermes";
    private EmbeddedPostgres server;

    @Override
    public void init(Map<String, String> arguments) {
        database = arguments.getOrDefault("database", database);
    }

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "postgres").toAbsolutePath());
            server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(folder.toFile())
                    .setDataDirectory(Files.createTempDirectory(folder, "data-"))
                    .setServerConfig("unix_socket_directories", "")
                    .start();
            createDatabase();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return Map.of(
                "HERMES_DATABASE_HOST", "localhost",
                "HERMES_DATABASE_PORT", String.valueOf(server.getPort()),
                "HERMES_DATABASE_NAME", database,
                "HERMES_DATABASE_USERNAME", "postgres",
                "HERMES_DATABASE_PASSWORD", "postgres");
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE \"" + database + "\"");
        }
    }

    @Override
    public void stop() {
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
