package io.hermes.stack;

import io.hermes.stack.layout.Installation;
import io.hermes.stack.layout.Ownership;
import io.hermes.stack.layout.Settings;
import io.hermes.stack.layout.StackDirectory;
import io.hermes.stack.process.Child;
import io.hermes.stack.process.ChildLog;
import io.hermes.stack.process.Program;
import io.hermes.stack.process.Supervisor;
import io.hermes.stack.process.SupervisorListener;
import io.hermes.stack.server.Kafka;
import io.hermes.stack.server.Postgres;
import io.hermes.stack.server.S3;
import io.hermes.stack.server.Service;
import io.hermes.stack.server.Service.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A running stack. Whoever holds it owns its processes: they end when it is closed, and also when this JVM is killed. */
public final class LocalStack implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(18);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int DEATHS_BEFORE_GIVING_UP = 4;
    private static final int LINES_OF_LOG = 40;

    private final StackDirectory directory;
    private final Ownership ownership;
    private final Settings settings;
    private final Installation installation = Installation.own();
    private final Postgres postgres;
    private final Kafka kafka;
    private final S3 s3;
    private final List<Service> workers;
    private final Consumer<String> log;
    private final Supervisor supervisor;
    private volatile boolean published;

    private LocalStack(StackDirectory directory, Ownership ownership, int workers, Consumer<String> log)
            throws IOException {
        this.ownership = ownership;
        this.directory = directory;
        this.workers =
                IntStream.rangeClosed(1, workers).mapToObj(Service::worker).toList();
        this.settings = Settings.of(directory, portNames(this.workers));
        this.postgres = new Postgres(directory, settings);
        this.kafka = new Kafka(directory, settings, installation);
        this.s3 = new S3(directory, settings, installation);
        this.log = log;
        this.supervisor = new Supervisor(new Publisher(), CLOSE_LIMIT);
    }

    private static List<String> portNames(List<Service> workers) {
        List<String> names = new ArrayList<>(List.of(Postgres.NAME, Kafka.NAME, Kafka.CONTROLLER, S3.NAME));
        names.addAll(List.of(Service.REGISTRY.name(), Service.ORCHESTRATOR.name()));
        workers.forEach(worker -> names.add(worker.name()));
        return names;
    }

    /** Starts everything and returns when all of it is ready and published; on a failure nothing is left running. */
    public static LocalStack start(StackDirectory directory, int workers, Consumer<String> log)
            throws IOException, StackFailure {
        List<Path> missing = Installation.own()
                .missing(Arrays.stream(Kind.values()).map(Kind::module).toList());
        if (!missing.isEmpty()) {
            throw new StackFailure("Not built yet: " + missing + ". Run ./mvnw -DskipTests package.");
        }
        Ownership ownership = Ownership.take(directory)
                .orElseThrow(() -> new StackFailure("A stack runs already on " + directory.root() + "."));
        Files.deleteIfExists(directory.description());
        LocalStack stack = new LocalStack(directory, ownership, workers, log);
        Thread atExit = new Thread(stack::close, "stack-close");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            stack.startAll();
            return stack;
        } catch (IOException | StackFailure | RuntimeException failure) {
            stack.close();
            throw failure;
        }
    }

    private void startAll() throws IOException, StackFailure {
        List<Child> infrastructure = new ArrayList<>(supervisor.start(List.of(postgres.prepare())));
        List<Child> broker = supervisor.start(List.of(kafka.prepare(), s3.prepare()));
        await(infrastructure.getFirst(), this::databasesExist);
        List<Child> core = supervisor.start(List.of(program(Service.REGISTRY), program(Service.ORCHESTRATOR)));
        List<Program> workerPrograms = new ArrayList<>();
        for (Service worker : workers) {
            workerPrograms.add(program(worker));
        }
        List<Child> crew = supervisor.start(workerPrograms);
        await(broker.getFirst(), kafka::isReady);
        await(broker.getLast(), s3::isReady);
        await(core.getFirst(), () -> Service.REGISTRY.isReady(settings));
        await(core.getLast(), () -> Service.ORCHESTRATOR.isReady(settings));
        for (int index = 0; index < crew.size(); index++) {
            Service worker = workers.get(index);
            await(crew.get(index), () -> worker.isReady(settings));
        }
        published = true;
        publish();
    }

    private Program program(Service service) throws IOException {
        return service.prepare(directory, settings, installation, System.getenv());
    }

    private boolean databasesExist() {
        try {
            postgres.createDatabases();
            return true;
        } catch (SQLException notYet) {
            return false;
        }
    }

    private void await(Child child, BooleanSupplier ready) throws StackFailure {
        Instant deadline = Instant.now().plus(START_LIMIT);
        while (!ready.getAsBoolean()) {
            boolean hopeless = child.quickDeaths() >= DEATHS_BEFORE_GIVING_UP;
            if (hopeless || Instant.now().isAfter(deadline)) {
                String what = hopeless
                        ? " dies again and again"
                        : " did not become ready in " + START_LIMIT.toSeconds() + " s";
                List<String> tail = ChildLog.tail(child.program().log(), LINES_OF_LOG);
                throw new StackFailure(child.name() + what + ". The end of "
                        + child.program().log() + ":\n" + String.join("\n", tail));
            }
            pause();
        }
        log.accept(child.name() + " is ready");
    }

    private static void pause() throws StackFailure {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StackFailure("interrupted while starting");
        }
    }

    /** URLs, process ids and credentials as they are now. */
    public StackDescription description() {
        return new StackDescription(
                node(Service.REGISTRY),
                node(Service.ORCHESTRATOR),
                workers.stream().map(this::node).toList(),
                new StackDescription.PostgresNode(
                        Settings.HOST,
                        settings.port(Postgres.NAME),
                        Settings.POSTGRES_USER,
                        settings.postgresPassword(),
                        Postgres.REGISTRY_DATABASE,
                        Postgres.MIGRATION_DATABASE,
                        pid(Postgres.NAME),
                        postgres.binaries().toString(),
                        postgres.data().toString()),
                new StackDescription.KafkaNode(kafka.bootstrapServers(), pid(Kafka.NAME)),
                new StackDescription.S3Node(
                        s3.endpoint(), S3.REGION, settings.s3AccessKey(), settings.s3SecretKey(), pid(S3.NAME)),
                settings.adminToken(),
                settings.serviceToken());
    }

    private StackDescription.Node node(Service service) {
        return new StackDescription.Node(settings.url(service.name()), pid(service.name()));
    }

    private long pid(String name) {
        return supervisor.children().stream()
                .filter(child -> child.name().equals(name))
                .flatMapToLong(child -> child.pid().stream())
                .findFirst()
                .orElse(0);
    }

    private synchronized void publish() {
        StackDescription now = description();
        if (!published) {
            return;
        }
        try {
            now.publish(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends the services, then what they stand on; keeps all data. */
    @Override
    public void close() {
        withdraw();
        supervisor.close();
        try {
            ownership.close();
        } catch (IOException alreadyReleased) {
            log.accept("cannot release " + directory.root() + ": " + alreadyReleased);
        }
    }

    private synchronized void withdraw() {
        published = false;
        try {
            Files.deleteIfExists(directory.description());
        } catch (IOException unwritable) {
            log.accept("cannot remove " + directory.description() + ": " + unwritable);
        }
    }

    private final class Publisher implements SupervisorListener {

        @Override
        public void started(Child child) {
            if (published) {
                publish();
            }
        }

        @Override
        public void log(String line) {
            log.accept(line);
        }
    }
}
