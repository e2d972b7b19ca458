package io.hermes.stack.server;

import io.hermes.stack.layout.Settings;
import io.hermes.stack.layout.StackDirectory;
import io.hermes.stack.process.Program;
import io.hermes.stack.process.Program.Guard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;

/** PostgreSQL as a production server would run: durable commits, a password, its data kept. */
public final class Postgres {

    public static final String NAME = "postgres";
    public static final String REGISTRY_DATABASE = "hermes_registry";
    public static final String MIGRATION_DATABASE = "hermes_migration";

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final StackDirectory directory;
    private final Settings settings;

    public Postgres(StackDirectory directory, Settings settings) {
        this.directory = directory;
        this.settings = settings;
    }

    /** Where {@code pg_ctl} is. */
    public Path binaries() {
        return directory.postgres().resolve("server").resolve("bin");
    }

    /** The cluster. */
    public Path data() {
        return directory.postgres().resolve("data");
    }

    /** Unpacks the server and makes the cluster, each only the first time. */
    public Program prepare() throws IOException {
        Path binaries = PostgresBinaries.unpackedTo(directory.postgres());
        if (!Files.exists(data().resolve("PG_VERSION"))) {
            initialise(binaries);
        }
        Files.write(data().resolve("hermes.conf"), configuration());
        List<String> command = asOrdinaryUser(binaries.resolve("postgres").toString(), "-D", data().toString());
        return new Program(
                NAME,
                command,
                CleanEnvironment.of(directory.freshTemporary(NAME)),
                directory.log(NAME),
                Guard.SHELL,
                STOP_LIMIT,
                this::removeStaleLock);
    }

    private void initialise(Path binaries) throws IOException {
        StackDirectory.deleteTree(data());
        Path password = directory.postgres().resolve("password.txt");
        StackDirectory.writePrivately(password, settings.postgresPassword().getBytes(StandardCharsets.UTF_8));
        try {
            Commands.run(
                    "initdb",
                    asOrdinaryUser(
                            binaries.resolve("initdb").toString(),
                            "--pgdata=" + data(),
                            "--username=" + Settings.POSTGRES_USER,
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8"),
                    CleanEnvironment.of(directory.freshTemporary(NAME)),
                    directory.log(NAME));
        } finally {
            Files.delete(password);
        }
        Path own = data().resolve("postgresql.conf");
        Files.writeString(own, Files.readString(own) + "\ninclude 'hermes.conf'\n");
    }

    private List<String> configuration() {
        return List.of(
                "# Written at every start of the stack.",
                "listen_addresses = '" + Settings.HOST + "'",
                "port = " + settings.port(NAME),
                "unix_socket_directories = ''",
                "fsync = on",
                "synchronous_commit = on",
                "max_connections = 200",
                "shared_buffers = 128MB",
                "timezone = 'UTC'",
                "log_timezone = 'UTC'");
    }

    /** PostgreSQL refuses to run as root; in a user name space of its own it is nobody, with root's files. */
    static List<String> asOrdinaryUser(String... command) throws IOException {
        List<String> whole = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            if (!Commands.succeeds("unshare", "-U", "true")) {
                throw new IOException(
                        "PostgreSQL refuses to run as root, and 'unshare -U' is not permitted here: use an ordinary user");
            }
            whole.addAll(List.of("unshare", "-U"));
        }
        whole.addAll(List.of(command));
        return whole;
    }

    /** A crash leaves the lock file, and its process id may since have been given to somebody else. */
    private void removeStaleLock() throws IOException {
        Path lock = data().resolve("postmaster.pid");
        if (Files.exists(lock) && !isPostmaster(Files.readAllLines(lock).getFirst())) {
            Files.delete(lock);
        }
    }

    private boolean isPostmaster(String pid) {
        try {
            return ProcessHandle.of(Long.parseLong(pid.trim()))
                    .filter(ProcessHandle::isAlive)
                    .flatMap(process -> process.info().command())
                    .filter(command -> command.endsWith("/postgres"))
                    .isPresent();
        } catch (NumberFormatException halfWritten) {
            return false;
        }
    }

    /** Makes the two databases where they are missing. Fails while the server does not accept connections. */
    public void createDatabases() throws SQLException {
        try (Connection connection = connect(
                        Settings.HOST,
                        settings.port(NAME),
                        "postgres",
                        Settings.POSTGRES_USER,
                        settings.postgresPassword());
                Statement statement = connection.createStatement()) {
            for (String database : List.of(REGISTRY_DATABASE, MIGRATION_DATABASE)) {
                if (!exists(statement, database)) {
                    statement.execute("CREATE DATABASE " + database);
                }
            }
        }
    }

    private static boolean exists(Statement statement, String database) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
            return found.next();
        }
    }

    static Connection connect(String host, int port, String database, String user, String password)
            throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", "2");
        login.setProperty("socketTimeout", "10");
        // Not by DriverManager: it knows only the drivers of the JVM's own class path, and the demo runs inside Maven.
        return new Driver().connect("jdbc:postgresql://" + host + ":" + port + "/" + database, login);
    }
}
