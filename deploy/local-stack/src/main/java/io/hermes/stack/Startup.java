package io.hermes.stack;

import io.hermes.stack.process.Child;
import io.hermes.stack.process.ChildLog;
import io.hermes.stack.process.Supervisor;
import io.hermes.stack.server.Service;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Starts the servers, those that others stand on first, and waits until every one is ready. */
final class Startup {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final int DEATHS_BEFORE_GIVING_UP = 4;
    private static final int LINES_OF_LOG = 40;

    private final Servers servers;
    private final Supervisor supervisor;
    private final Consumer<String> log;

    Startup(Servers servers, Supervisor supervisor, Consumer<String> log) {
        this.servers = servers;
        this.supervisor = supervisor;
        this.log = log;
    }

    void run() throws IOException, StackFailure {
        Child database = supervisor.start(List.of(servers.postgres().prepare())).getFirst();
        List<Child> stores =
                supervisor.start(List.of(servers.kafka().prepare(), servers.s3().prepare()));
        await(database, this::databasesExist);
        List<Child> core = supervisor.start(servers.programs(servers.core()));
        List<Child> crew = supervisor.start(servers.programs(servers.workers()));
        await(stores.getFirst(), servers.kafka()::isReady);
        await(stores.getLast(), servers.s3()::isReady);
        awaitAll(core, servers.core());
        awaitAll(crew, servers.workers());
    }

    private boolean databasesExist() {
        try {
            servers.postgres().createDatabases();
            return true;
        } catch (SQLException notYet) {
            return false;
        }
    }

    private void awaitAll(List<Child> children, List<Service> services) throws StackFailure {
        for (int index = 0; index < children.size(); index++) {
            Service service = services.get(index);
            await(children.get(index), () -> service.isReady(servers.settings()));
        }
    }

    private void await(Child child, BooleanSupplier ready) throws StackFailure {
        Instant deadline = Instant.now().plus(LIMIT);
        while (!ready.getAsBoolean()) {
            boolean hopeless = child.quickDeaths() >= DEATHS_BEFORE_GIVING_UP;
            if (hopeless || Instant.now().isAfter(deadline)) {
                String what =
                        hopeless ? " dies again and again" : " did not become ready in " + LIMIT.toSeconds() + " s";
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
}
