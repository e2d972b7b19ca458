package io.hermes.stack.server;

import io.hermes.stack.guard.Guarded;
import io.hermes.stack.layout.Installation;
import io.hermes.stack.layout.Settings;
import io.hermes.stack.layout.StackDirectory;
import io.hermes.stack.process.Program;
import io.hermes.stack.process.Program.Guard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** One Kafka broker that is its own controller. */
public final class Kafka {

    public static final String NAME = "kafka";

    /** The port of the controller. */
    public static final String CONTROLLER = "kafka-controller";

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final List<String> JVM = List.of("-Xmx256m", "-XX:+UseSerialGC");

    private final StackDirectory directory;
    private final Settings settings;
    private final Installation installation;

    public Kafka(StackDirectory directory, Settings settings, Installation installation) {
        this.directory = directory;
        this.settings = settings;
        this.installation = installation;
    }

    /** For clients. */
    public String bootstrapServers() {
        return Settings.HOST + ":" + settings.port(NAME);
    }

    /** Formats the storage the first time. */
    public Program prepare() throws IOException {
        Path temporary = directory.freshTemporary(NAME);
        Map<String, String> environment = CleanEnvironment.of(temporary);
        Path properties = writeProperties();
        if (!Files.exists(data().resolve("meta.properties"))) {
            Commands.run("Formatting Kafka's storage", format(properties, temporary), environment, directory.log(NAME));
        }
        List<String> command = java(temporary, "kafka.Kafka", properties.toString());
        return new Program(NAME, command, environment, directory.log(NAME), Guard.OWN, STOP_LIMIT, () -> {});
    }

    private List<String> format(Path properties, Path temporary) {
        // Without the guard: the command ends by itself, and its standard input is empty.
        String cluster = Uuid.randomUuid().toString();
        List<String> command = java(
                temporary,
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                cluster,
                "--config",
                properties.toString());
        return command.stream()
                .filter(word -> !word.equals(Guarded.class.getName()))
                .toList();
    }

    private List<String> java(Path temporary, String mainClass, String... arguments) {
        String classPath = installation.guardedClassPath(installation.libraries());
        return JavaCommand.guarded(classPath, temporary, JVM, mainClass, arguments);
    }

    private Path data() {
        return directory.kafka().resolve("data");
    }

    private Path writeProperties() throws IOException {
        String controller = Settings.HOST + ":" + settings.port(CONTROLLER);
        List<String> lines = List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@" + controller,
                "controller.listener.names=CONTROLLER",
                "listeners=PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://" + controller,
                "log.dirs=" + data(),
                "auto.create.topics.enable=false",
                // A broker that was killed may come back only when its old session is over.
                "broker.session.timeout.ms=1500",
                "broker.heartbeat.interval.ms=300",
                "group.initial.rebalance.delay.ms=0",
                "offsets.topic.num.partitions=8",
                "offsets.topic.replication.factor=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                "log.index.size.max.bytes=1048576");
        return Files.write(Files.createDirectories(directory.kafka()).resolve("server.properties"), lines);
    }

    /** Whether the broker serves requests: it answers one. */
    public boolean isReady() {
        return Readiness.brokerAnswers(bootstrapServers());
    }
}
