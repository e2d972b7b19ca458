package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.stack.LocalStack;
import io.hermes.stack.StackDescription;
import io.hermes.stack.StackDescription.Node;
import io.hermes.stack.StackPlan;
import io.hermes.stack.layout.ProvidersFile;
import io.hermes.stack.layout.StackDirectory;
import io.hermes.systemtests.fault.Processes;
import io.hermes.systemtests.fault.Victim;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two registries on one database and one file of providers (issue 5). Each change is applied, recorded and told once, each store is looked
 * at by one of them at a time, what they see is told once, and when one is dead the other does all of it.
 */
class TwoRegistriesTest {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int PROVIDERS = 4;
    private static final double LEAST_INTERVAL_SECONDS = 0.9;
    private static final TopicPartition TOPIC = new TopicPartition("hermes.provider-events", 0);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BRIEF_LIVES = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private final Path home = Stage.home().resolve("registries");
    private final StackDirectory directory = new StackDirectory(home.resolve("stack"));
    private final Processes processes = new Processes(directory);

    /**
     * The looks at a store, as one statement saw them.
     *
     * @param at seconds of the database's clock
     * @param counted that came to something
     * @param dropped that were begun and came to nothing; one that is under way is neither
     */
    private record Looks(double at, long counted, long dropped) {}

    /**
     * A record on the topic.
     *
     * @param version of the provider's settings
     * @param health of its store
     */
    private record Told(long version, String health) {}

    @Test
    @Timeout(600)
    void shareTheWorkAndTakeItOver() throws Exception {
        StackDirectory.deleteTree(home);
        try (LocalStack stack = LocalStack.start(directory, plan(), System.out::println)) {
            assertThat(stack.description().registries()).hasSize(2);
            describe("one");
            awaitVersion(1);
            describe("two");
            awaitVersion(2);
            update("UPDATE provider_health SET next_check = clock_timestamp()");

            assertThatTheyShareTheLooks();
            assertThatHealthIsTold();
            assertThatEverythingWasDoneOnce(2, registries());

            long held = killAndHoldBack(Victim.registry(1));
            try {
                Map<String, Looks> before = looks();
                describe("three");
                awaitVersion(3);
                assertThatEverythingWasDoneOnce(3, registries().subList(1, 2));
                await("the other one looks at every store")
                        .atMost(LIMIT)
                        .until(() -> looks().entrySet().stream()
                                .allMatch(now -> now.getValue().counted()
                                        >= before.get(now.getKey()).counted() + 2));
            } finally {
                Processes.signal(held, "CONT");
            }
        }
    }

    private static StackPlan plan() {
        return StackPlan.ofWorkers(1)
                .withRegistries(2)
                .with("HERMES_HEALTH_INTERVAL", "1s")
                .with("registry", "HERMES_PROVIDERS_RECHECK", "1s")
                .with("registry-2", "HERMES_PROVIDERS_RECHECK", "1s")
                .with("HERMES_STACK_REGISTRY_JVM_OPTS", BRIEF_LIVES)
                .with("HERMES_STACK_ORCHESTRATOR_JVM_OPTS", BRIEF_LIVES)
                .with("HERMES_STACK_WORKER_JVM_OPTS", BRIEF_LIVES);
    }

    /** The supervisor starts another one in its place, which is stopped before it has begun. */
    private long killAndHoldBack(Victim victim) throws Exception {
        long pid = processes.running(victim);
        Processes.signal(pid, "KILL");
        long next = await("the supervisor has noticed")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> victim.pid().applyAsLong(processes.description()), now -> now != 0 && now != pid);
        Processes.signal(next, "STOP");
        return next;
    }

    private void describe(String displayName) throws IOException {
        StringBuilder yaml = new StringBuilder("providers:\n");
        for (String name : names()) {
            Path folder = Files.createDirectories(home.resolve(name));
            yaml.append("- {providerName: %s, providerType: local, displayName: %s, config: {base_path: '%s'}}\n"
                    .formatted(name, displayName, folder));
        }
        ProvidersFile.write(directory, yaml.toString());
    }

    private static List<String> names() {
        return IntStream.rangeClosed(1, PROVIDERS)
                .mapToObj(number -> "shared-" + number)
                .toList();
    }

    private void awaitVersion(int version) {
        await("the file is applied")
                .atMost(LIMIT)
                .until(() -> number("SELECT count(*) FROM provider_storage WHERE version = " + version) == PROVIDERS);
    }

    /** A look that begins while another one is under way makes that one come to nothing, and the database says when the next is due. */
    private void assertThatTheyShareTheLooks() throws Exception {
        Map<String, Looks> before = looks();
        List<Node> registries = registries();
        long[] probes = {probesOf(registries.get(0)), probesOf(registries.get(1))};
        await("both look at stores").atMost(LIMIT).untilAsserted(() -> {
            assertThat(probesOf(registries.get(0))).isGreaterThan(probes[0]);
            assertThat(probesOf(registries.get(1))).isGreaterThan(probes[1]);
        });
        await("every store was looked at again and again")
                .atMost(LIMIT)
                .until(() -> looks().entrySet().stream()
                        .allMatch(now -> now.getValue().counted()
                                >= before.get(now.getKey()).counted() + 5));
        Map<String, Looks> after = looks();
        assertThat(after).allSatisfy((name, now) -> {
            Looks then = before.get(name);
            assertThat(now.dropped()).as("looks beside another one").isEqualTo(then.dropped());
            assertThat(now.counted() - then.counted())
                    .as("looks of %.1f seconds", now.at() - then.at())
                    .isLessThanOrEqualTo((long) ((now.at() - then.at()) / LEAST_INTERVAL_SECONDS) + 2);
        });
    }

    /** What is told twice by the two of them is seen when everything has been told. */
    private void assertThatHealthIsTold() throws Exception {
        Path folder = home.resolve(names().getFirst());
        Path away = home.resolve("away");
        Files.move(folder, away);
        awaitHealth(names().getFirst(), "unhealthy");
        Files.move(away, folder);
        awaitHealth(names().getFirst(), "healthy");
        String provider =
                text("SELECT provider_uuid FROM provider_storage WHERE provider_name = '" + names().getFirst() + "'");
        await("its health is told")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(told().get(provider))
                        .containsSubsequence(new Told(2, "healthy"), new Told(2, "unhealthy"), new Told(2, "healthy")));
    }

    private void awaitHealth(String name, String health) {
        await(name + " is " + health)
                .atMost(LIMIT)
                .until(() -> health.equals(
                        text("SELECT health_status FROM provider_storage WHERE provider_name = '" + name + "'")));
    }

    private void assertThatEverythingWasDoneOnce(int version, List<Node> registries) throws SQLException {
        await("the file is settled").atMost(LIMIT).untilAsserted(() -> {
            for (Node registry : registries) {
                JsonNode file = new Rest(registry.url(), processes.description().token()).get("/api/v2/provider-file");
                assertThat(file.path("state").asText()).isEqualTo("applied");
                assertThat(file.path("changes")).isEmpty();
            }
        });
        for (String name : names()) {
            assertThat(recorded("provider.create", name)).as("created " + name).isEqualTo(1);
            assertThat(recorded("provider.patch", name)).as("changed " + name).isEqualTo(version - 1);
        }
        await("everything is told").atMost(LIMIT).until(() -> number("SELECT count(*) FROM provider_outbox") == 0);
        List<Long> versions = LongStream.rangeClosed(1, version).boxed().toList();
        assertThat(told()).hasSize(PROVIDERS).allSatisfy((provider, told) -> {
            assertThat(told.stream().map(Told::version).distinct()).containsExactlyElementsOf(versions);
            for (int i = 1; i < told.size(); i++) {
                assertThat(told.get(i))
                        .as("told once, and in its order: %s", told)
                        .isNotEqualTo(told.get(i - 1));
                assertThat(told.get(i).version())
                        .isGreaterThanOrEqualTo(told.get(i - 1).version());
            }
        });
    }

    private List<Node> registries() {
        return processes.description().registries();
    }

    private static long probesOf(Node registry) throws Exception {
        HttpRequest metrics = HttpRequest.newBuilder(URI.create(registry.url() + "/q/metrics"))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(metrics, BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith("hermes_provider_request_seconds_count")
                            && line.contains("operation=\"probe\""))
                    .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        }
    }

    private Map<String, Looks> looks() throws SQLException {
        Map<String, Looks> looks = new TreeMap<>();
        try (Connection database = connect();
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT p.provider_name, extract(epoch FROM clock_timestamp())::float8 AS at, count(c.id) AS counted,
                               h.epoch - count(c.id) - CASE WHEN h.lease_until IS NULL THEN 0 ELSE 1 END AS dropped
                          FROM provider_storage p
                          JOIN provider_health h ON h.provider_id = p.id
                          LEFT JOIN provider_health_checks c ON c.provider_id = p.id
                         GROUP BY p.provider_name, h.epoch, h.lease_until
                        """)) {
            while (rows.next()) {
                looks.put(
                        rows.getString("provider_name"),
                        new Looks(rows.getDouble("at"), rows.getLong("counted"), rows.getLong("dropped")));
            }
        }
        return looks;
    }

    private long recorded(String action, String name) throws SQLException {
        return number("SELECT count(*) FROM audit_events WHERE outcome = 'done' AND action = '" + action
                + "' AND target_name = '" + name + "'");
    }

    /** What was told of each provider, by its UUID. */
    private Map<String, List<Told>> told() {
        Map<String, List<Told>> told = new TreeMap<>();
        String broker = processes.description().kafka().bootstrapServers();
        try (KafkaConsumer<String, byte[]> reader = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker), new StringDeserializer(), new ByteArrayDeserializer())) {
            reader.assign(List.of(TOPIC));
            reader.seekToBeginning(List.of(TOPIC));
            long end = reader.endOffsets(List.of(TOPIC)).get(TOPIC);
            while (reader.position(TOPIC) < end) {
                reader.poll(Duration.ofMillis(200))
                        .forEach(record -> told.computeIfAbsent(record.key(), key -> new ArrayList<>())
                                .add(event(record.value())));
            }
        }
        return told;
    }

    private static Told event(byte[] value) {
        try {
            JsonNode event = JSON.readTree(value);
            return new Told(
                    event.path("providerVersion").asLong(),
                    event.path("healthStatus").asText());
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    private String text(String sql) throws SQLException {
        try (Connection database = connect();
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void update(String sql) throws SQLException {
        try (Connection database = connect();
                Statement statement = database.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    private Connection connect() throws SQLException {
        StackDescription.PostgresNode postgres = processes.description().postgres();
        return DriverManager.getConnection(
                "jdbc:postgresql://" + postgres.host() + ":" + postgres.port() + "/" + postgres.registryDatabase(),
                postgres.user(),
                postgres.password());
    }
}
