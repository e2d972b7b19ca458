package io.hermes.stack.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.stack.layout.Installation;
import io.hermes.stack.layout.Settings;
import io.hermes.stack.layout.StackDirectory;
import io.hermes.stack.process.Child;
import io.hermes.stack.process.Supervisor;
import io.hermes.stack.process.SupervisorListener;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InfrastructureTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final StackDirectory directory = new StackDirectory(Path.of("target", "infrastructure-test"));
    private Supervisor supervisor = supervisor();

    private static Supervisor supervisor() {
        return new Supervisor(new Console(), Duration.ofSeconds(15));
    }

    @AfterEach
    void close() {
        supervisor.close();
    }

    @Test
    void comesUpSurvivesAKillAndKeepsItsDataAndPorts() throws IOException, SQLException {
        // Given a PostgreSQL, a broker and an S3 server, with a committed row
        StackDirectory.deleteTree(directory.root());
        Settings settings = settings();
        Child postgres = start(settings);
        execute(settings, "CREATE TABLE kept (name text)");
        execute(settings, "INSERT INTO kept VALUES ('row')");
        assertThat(read(settings, "SHOW fsync")).isEqualTo("on");

        // When PostgreSQL is killed
        long first = postgres.pid().orElseThrow();
        assertThat(ProcessHandle.of(first).orElseThrow().destroyForcibly()).isTrue();

        // Then another one serves the same data
        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(read(settings, "SELECT name FROM kept")).isEqualTo("row"));
        assertThat(postgres.pid().orElseThrow()).isNotEqualTo(first);

        // And a restart of everything keeps data and ports
        supervisor.close();
        supervisor = supervisor();
        assertThat(settings()).isEqualTo(settings);
        start(settings);
        assertThat(read(settings, "SELECT name FROM kept")).isEqualTo("row");
    }

    private Settings settings() throws IOException {
        return Settings.of(directory, List.of(Postgres.NAME, Kafka.NAME, Kafka.CONTROLLER, S3.NAME));
    }

    private Child start(Settings settings) throws IOException {
        Postgres postgres = new Postgres(directory, settings);
        Kafka kafka = new Kafka(directory, settings, Installation.own());
        S3 s3 = new S3(directory, settings, Installation.own());
        Child first = supervisor.start(List.of(postgres.prepare())).getFirst();
        supervisor.start(List.of(kafka.prepare(), s3.prepare()));
        await().atMost(LIMIT).ignoreExceptionsInstanceOf(SQLException.class).untilAsserted(postgres::createDatabases);
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(kafka.isReady()).as("broker").isTrue();
            assertThat(s3.isReady()).as("S3 server").isTrue();
        });
        return first;
    }

    private static void execute(Settings settings, String sql) throws SQLException {
        try (Connection connection = connect(settings);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Null while the server is away. */
    private static String read(Settings settings, String sql) {
        try (Connection connection = connect(settings);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException away) {
            return null;
        }
    }

    private static Connection connect(Settings settings) throws SQLException {
        return Postgres.connect(
                Settings.HOST,
                settings.port(Postgres.NAME),
                Postgres.MIGRATION_DATABASE,
                Settings.POSTGRES_USER,
                settings.postgresPassword());
    }

    private static final class Console implements SupervisorListener {

        @Override
        public void started(Child child) {}

        @Override
        public void log(String line) {
            System.out.println(line);
        }
    }
}
