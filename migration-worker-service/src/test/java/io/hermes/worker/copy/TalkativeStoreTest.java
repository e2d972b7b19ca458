package io.hermes.worker.copy;

import static io.hermes.worker.testing.Documents.put;
import static io.hermes.worker.testing.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.contract.task.CopyTask;
import io.hermes.edge.testing.LogListener;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.ProxiedReply;
import io.hermes.storage.testing.Requests;
import io.hermes.worker.testing.FaultyStoreFactory;
import io.hermes.worker.testing.Providers;
import io.hermes.worker.testing.SmallWorker;
import io.hermes.worker.testing.TaskBuilder;
import io.hermes.worker.testing.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store that knows its credentials and puts them into every answer, on either side of a copy: nobody may repeat them. */
@QuarkusTest
@TestProfile(SmallWorker.class)
class TalkativeStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    ObjectMapper json;

    @Inject
    MeterRegistry meters;

    @Inject
    FaultyStoreFactory stores;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private final Logger faults = Logger.getLogger(io.hermes.worker.copy.Faults.class.getName());
    private final String secret = UUID.randomUUID().toString();
    private final String encoded = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));

    private LogListener said;
    private Level level;
    private Topics topics;

    @BeforeEach
    void listen() {
        topics = new Topics(bootstrapServers, json);
        level = faults.getLevel();
        faults.setLevel(Level.ALL);
        said = LogListener.open();
    }

    @AfterEach
    void close() {
        said.close();
        faults.setLevel(level);
        topics.close();
    }

    private UUID talkative(FaultProxy server) {
        return Providers.register(
                "s3",
                Map.of(
                        "endpoint", server.endpoint(),
                        "region", "us-east-1",
                        "bucket", "documents",
                        "path_style", "true",
                        "retry_max_attempts", "1",
                        "path_template", "{path}"),
                Map.of("access_key", "id", "secret_key", secret));
    }

    private UUID sound() {
        UUID uuid = Providers.register("faulty", Map.of("path_template", "{path}"), Map.of());
        put(stores.sound(uuid), "a", text("a"));
        return uuid;
    }

    private ProxiedReply everything(int status) {
        return ProxiedReply.of(status)
                .with("Content-Type", "application/xml")
                .with("x-amz-request-id", secret)
                .with("ETag", "\"" + secret + "\"")
                .with("Location", "http://127.0.0.1:1/" + secret)
                .text("<Error><Code>" + secret + "</Code><Message>" + secret + " " + encoded + "</Message></Error>");
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE, 307",
        "SOURCE, 400",
        "SOURCE, 403",
        "SOURCE, 404",
        "SOURCE, 500",
        "SOURCE, 503",
        "DESTINATION, 307",
        "DESTINATION, 400",
        "DESTINATION, 403",
        "DESTINATION, 404",
        "DESTINATION, 500",
        "DESTINATION, 503"
    })
    void whatAStoreAnswersIsRepeatedNowhere(Side side, int status) throws JsonProcessingException {
        try (FaultProxy server = FaultProxy.alone()) {
            // Given
            server.on(Requests.all(), Faults.answer(() -> everything(status)));
            CopyTask task = switch (side) {
                case SOURCE -> new TaskBuilder(talkative(server), sound(), "a").build();
                case DESTINATION -> new TaskBuilder(sound(), talkative(server), "a").build();
            };

            // When
            topics.send(task);
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(topics.outcomesOf(task.ref())).hasSize(1));

            // Then
            String events = json.writeValueAsString(topics.batches());
            String log = String.join("\n", said.lines());
            List<String> metrics = meters.getMeters().stream()
                    .map(meter -> meter.getId().toString())
                    .toList();
            assertThat(events).contains(task.ref().jobUuid().toString());
            assertThat(log).contains("a store failed side=" + side);
            assertThat(metrics.toString()).contains("hermes.migration.outcomes");
            assertThat(List.of(events, log, metrics.toString()))
                    .allSatisfy(place -> assertThat(place).doesNotContain(secret, encoded));
            assertThat(topics.deadLetters())
                    .allSatisfy(letter -> assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                            .doesNotContain(secret, encoded));
        }
    }
}
