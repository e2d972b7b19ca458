package io.hermes.stack;

import io.hermes.stack.layout.Installation;
import io.hermes.stack.layout.Ownership;
import io.hermes.stack.layout.StackDirectory;
import io.hermes.stack.process.Supervisor;
import io.hermes.stack.server.Service.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A running stack. Whoever holds it owns its processes: they end when it is closed, and also when this JVM is killed. */
public final class LocalStack implements AutoCloseable {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(18);
    private static final Duration RECORDED_CLOSE_LIMIT = Duration.ofMinutes(6);

    private final StackDirectory directory;
    private final Ownership ownership;
    private final Consumer<String> log;
    private final Servers servers;
    private final Publication publication;
    private final Supervisor supervisor;

    private LocalStack(StackDirectory directory, Ownership ownership, StackPlan plan, Consumer<String> log)
            throws IOException {
        this.directory = directory;
        this.ownership = ownership;
        this.log = log;
        this.servers = new Servers(directory, plan);
        this.publication = new Publication(directory, log);
        this.supervisor = new Supervisor(publication, plan.records() ? RECORDED_CLOSE_LIMIT : CLOSE_LIMIT);
    }

    /** Starts everything and returns when all of it is ready and published; on a failure nothing is left running. */
    public static LocalStack start(StackDirectory directory, StackPlan plan, Consumer<String> log)
            throws IOException, StackFailure {
        List<Path> missing = Installation.own()
                .missing(Arrays.stream(Kind.values()).map(Kind::module).toList());
        if (!missing.isEmpty()) {
            throw new StackFailure("Not built yet: " + missing + ". Run ./mvnw -DskipTests package.");
        }
        Ownership ownership = Ownership.take(directory)
                .orElseThrow(() -> new StackFailure("A stack runs already on " + directory.root() + "."));
        Files.deleteIfExists(directory.description());
        LocalStack stack = new LocalStack(directory, ownership, plan, log);
        Thread atExit = new Thread(stack::close, "stack-close");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            new Startup(stack.servers, stack.supervisor, log).run();
            stack.publication.begin(stack::description);
            return stack;
        } catch (IOException | StackFailure | RuntimeException failure) {
            stack.close();
            throw failure;
        }
    }

    /** URLs, process ids and credentials as they are now. */
    public StackDescription description() {
        return servers.describe(this::pid);
    }

    private long pid(String name) {
        return supervisor.children().stream()
                .filter(child -> child.name().equals(name))
                .flatMapToLong(child -> child.pid().stream())
                .findFirst()
                .orElse(0);
    }

    /** Ends the services, then what they stand on; keeps all data. */
    @Override
    public void close() {
        publication.withdraw();
        supervisor.close();
        try {
            ownership.close();
        } catch (IOException alreadyReleased) {
            log.accept("cannot release " + directory.root() + ": " + alreadyReleased);
        }
    }

    /**
     * Lets later starts profit from what a closed stack has recorded: those of the same JVM, with the same options, of the same build.
     *
     * @throws IOException if a service has recorded nothing
     */
    public void keepRecordings() throws IOException {
        servers.keepRecordings();
    }
}
