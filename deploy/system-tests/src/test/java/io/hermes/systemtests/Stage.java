package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.stack.LocalStack;
import io.hermes.stack.StackDescription;
import io.hermes.stack.StackFailure;
import io.hermes.stack.StackPlan;
import io.hermes.stack.layout.StackDirectory;
import io.hermes.stack.server.Postgres;
import io.hermes.stack.server.Readiness;
import io.hermes.stack.server.Service;
import io.hermes.systemtests.fault.Agents;
import io.hermes.systemtests.fault.Crash;
import io.hermes.systemtests.fault.CrashPoint;
import io.hermes.systemtests.fault.Deaths;
import io.hermes.systemtests.fault.Deaths.Death;
import io.hermes.systemtests.fault.LostReplies;
import io.hermes.systemtests.fault.Passages;
import io.hermes.systemtests.fault.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The running stack that all scenarios share, since starting one costs more than most of them: two orchestrators and two workers, on
 * short leases, so that what is lost is missed within seconds.
 */
final class Stage implements AutoCloseable {

    /** Documents that are listed at once: few, so that small jobs have many pages. */
    private static final int PAGE = Integer.getInteger("hermes.page", 10);

    /** A few times shorter than in production, in the same proportions. */
    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("HERMES_MIGRATION_LEASE", "6s"),
            Map.entry("HERMES_MIGRATION_QUEUE_LEASE", "10s"),
            Map.entry("HERMES_MIGRATION_SWEEP_INTERVAL", "2s"),
            Map.entry("HERMES_MIGRATION_PLANNING_LEASE", "4s"),
            Map.entry("HERMES_MIGRATION_PLANNING_RETRY_AFTER", "1s"),
            Map.entry("HERMES_MIGRATION_PLANNING_PAGE_SIZE", Integer.toString(PAGE)),
            Map.entry("HERMES_MIGRATION_RETRY_BASE", "500ms"),
            Map.entry("HERMES_KAFKA_TOPIC_CHECK_INTERVAL", "2s"),
            Map.entry("HERMES_ORCHESTRATOR_CLAIM_SWEEP_INTERVAL", "1s"),
            Map.entry("HERMES_WORKER_HEARTBEAT", "1s"),
            Map.entry("HERMES_WORKER_OUTAGE_PAUSE", "1s"));

    /** Most of these processes live too short for the better compiler to pay. */
    private static final String BRIEF_LIVES = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final String HOME = "target/system";
    private static final int ORCHESTRATORS = 2;
    private static final int WORKERS = Integer.getInteger("hermes.workers", 2);
    private static final Duration READY_LIMIT = Duration.ofMinutes(4);

    private final LocalStack stack;
    private final Processes processes;
    private final Agents agents;
    private final Deaths deaths;
    private final LostReplies replies;
    private final StackDirectory directory;

    private Stage(LocalStack stack, StackDirectory directory, Agents agents, Deaths deaths, LostReplies replies) {
        this.stack = stack;
        this.directory = directory;
        this.processes = new Processes(directory);
        this.agents = agents;
        this.deaths = deaths;
        this.replies = replies;
    }

    /** Starts afresh, with nothing left of an earlier run. */
    static Stage open() throws IOException, StackFailure {
        System.out.println("to repeat: " + Seed.ofRun());
        StackDirectory.deleteTree(home());
        return openBeside("stack", plan -> plan);
    }

    /** Another one, for a scenario whose processes are started in a way of their own. */
    static Stage openBeside(String name, UnaryOperator<StackPlan> way) throws IOException, StackFailure {
        StackDirectory.deleteTree(home().resolve(name));
        StackDirectory directory = new StackDirectory(home().resolve(name));
        Agents agents = Agents.of(ORCHESTRATORS, WORKERS);
        Deaths deaths = new Deaths(System.out::println);
        LostReplies replies = new LostReplies(() -> postgresPort(directory));
        StackPlan plan = behind(replies, agents.in(plain()));
        LocalStack stack = LocalStack.start(directory, way.apply(plan), deaths);
        return new Stage(stack, directory, agents, deaths, replies);
    }

    private static StackPlan plain() {
        return new StackPlan(1, ORCHESTRATORS, WORKERS, SHORT, Map.of())
                .with("HERMES_STACK_REGISTRY_JVM_OPTS", BRIEF_LIVES)
                .with("HERMES_STACK_ORCHESTRATOR_JVM_OPTS", BRIEF_LIVES)
                .with("HERMES_STACK_WORKER_JVM_OPTS", BRIEF_LIVES);
    }

    private static StackPlan behind(LostReplies replies, StackPlan plan) {
        StackPlan behind = plan;
        for (int number = 1; number <= ORCHESTRATORS; number++) {
            String name = Service.orchestrator(number).name();
            behind = behind.with(name, "HERMES_DATABASE_PORT", Integer.toString(replies.port()));
        }
        return behind;
    }

    /** Known before the stack is ready, since that takes services that are connected. */
    private static int postgresPort(StackDirectory directory) {
        try {
            JsonNode settings = new ObjectMapper().readTree(directory.settings().toFile());
            return settings.path("ports").path(Postgres.NAME).asInt();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
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

    /** What both orchestrators reach PostgreSQL through. */
    LostReplies replies() {
        return replies;
    }

    /** Processes that ended unasked so far. */
    List<Death> deaths() {
        return deaths.all();
    }

    /** A process that dies at this line while this job runs. */
    Crash crash(CrashPoint point, String job) {
        return new Crash(point, job, Seed.ofRun().of(job), agents, deaths);
    }

    /** Who comes to which of the lines at which processes can be made to die. */
    Passages passages(String job) {
        return new Passages(job, agents, directory::log);
    }

    /** Waits until everything that an earlier scenario has broken is whole again. */
    void awaitReady() {
        await("every service is ready").atMost(READY_LIMIT).until(this::isReady);
    }

    private boolean isReady() {
        StackDescription now = description();
        return Stream.of(now.registries(), now.orchestrators(), now.workers())
                .flatMap(List::stream)
                .allMatch(node -> Readiness.serviceAnswers(node.url()));
    }

    /** Ends the stack. Fails if a process survives it. */
    @Override
    public void close() throws IOException {
        StackDescription unused = description();
        stack.close();
        replies.close();
        assertThat(processes.met())
                .as("processes left")
                .isNotEmpty()
                .noneMatch(pid ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
    }
}
