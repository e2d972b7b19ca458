package io.hermes.edge.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** A real Kafka broker for one test run: KRaft, one node, no topic created by itself, logs below {@code target/}. */
public final class KafkaBroker implements QuarkusTestResourceLifecycleManager {

    private static final String CONTROLLER = "CONTROLLER";

    /** Kept here, since the log manager forgets the level of a logger that nobody holds. */
    private static final List<Logger> QUIET = List.of(Logger.getLogger("kafka"), Logger.getLogger("org.apache.kafka"));

    private int port;
    private KafkaRaftServer server;

    /** With {@code port} it listens there, for a client that came before the broker; else where it likes. */
    @Override
    public void init(Map<String, String> arguments) {
        port = Integer.parseInt(arguments.getOrDefault("port", "0"));
    }

    @Override
    public Map<String, String> start() {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        port = port == 0 ? freePort() : port;
        int controllerPort = freePort();
        try {
            Path log = Files.createTempDirectory(
                    Files.createDirectories(Path.of("target", "kafka").toAbsolutePath()), "log-");
            format(log);
            server = new KafkaRaftServer(KafkaConfig.fromProps(properties(port, controllerPort, log)), Time.SYSTEM);
            server.startup();
        } catch (Exception failed) {
            throw new IllegalStateException("the Kafka broker did not start", failed);
        }
        String address = "127.0.0.1:" + port;
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", address,
                "kafka.bootstrap.servers", address);
    }

    private static void format(Path log) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName(CONTROLLER)
                .setMetadataLogDirectory(log.toString())
                .addDirectory(log.toString())
                .run();
    }

    private static Properties properties(int port, int controllerPort, Path log) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controllerPort,
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort,
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + port,
                "controller.listener.names",
                CONTROLLER,
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT",
                "log.dirs",
                log.toString()));
        properties.putAll(Map.of(
                "auto.create.topics.enable", "false",
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "2",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                // The default of 128 MiB is a sixth of a test's heap.
                "log.cleaner.dedupe.buffer.size", "2097152",
                "log.index.size.max.bytes", "65536"));
        return properties;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
        }
    }
}
