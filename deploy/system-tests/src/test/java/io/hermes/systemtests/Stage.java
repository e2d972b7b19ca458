package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.stack.LocalStack;
import io.hermes.stack.StackDescription;
import io.hermes.stack.StackFailure;
import io.hermes.stack.StackPlan;
import io.hermes.stack.layout.StackDirectory;
import io.hermes.systemtests.fault.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The running stack that all scenarios share, since starting one costs more than most of them: two orchestrators and two workers, on
 * short leases, so that what is lost is missed within seconds.
 */
final class Stage implements AutoCloseable {

    /** A few times shorter than in production, in the same proportions. */
    private static final Map<String, String> SHORT = Map.of(
            "HERMES_MIGRATION_LEASE", "6s",
            "HERMES_MIGRATION_QUEUE_LEASE", "10s",
            "HERMES_MIGRATION_SWEEP_INTERVAL", "2s",
            "HERMES_MIGRATION_PLANNING_LEASE", "4s",
            "HERMES_MIGRATION_PLANNING_RETRY_AFTER", "1s",
            "HERMES_MIGRATION_PLANNING_PAGE_SIZE", "10",
            "HERMES_MIGRATION_RETRY_BASE", "500ms",
            "HERMES_WORKER_HEARTBEAT", "1s",
            "HERMES_WORKER_OUTAGE_PAUSE", "1s");

    private static final String HOME = "target/system";

    private final LocalStack stack;
    private final Processes processes;

    private Stage(LocalStack stack, Processes processes) {
        this.stack = stack;
        this.processes = processes;
    }

    /** Starts afresh, with nothing left of an earlier run. */
    static Stage open() throws IOException, StackFailure {
        System.out.println("to repeat: " + Seed.ofRun());
        StackDirectory.deleteTree(home());
        StackDirectory directory = new StackDirectory(home().resolve("stack"));
        StackPlan plan = new StackPlan(2, 2, SHORT, Map.of());
        return new Stage(LocalStack.start(directory, plan, System.out::println), new Processes(directory));
    }

    /** Everything that the scenarios write lies below. */
    static Path home() {
        return Path.of(HOME).toAbsolutePath();
    }

    StackDescription description() {
        return processes.description();
    }

    Processes processes() {
        return processes;
    }

    /** Ends the stack. Fails if a process survives it. */
    @Override
    public void close() {
        StackDescription unused = description();
        stack.close();
        assertThat(processes.met())
                .as("processes left")
                .isNotEmpty()
                .noneMatch(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
    }
}
