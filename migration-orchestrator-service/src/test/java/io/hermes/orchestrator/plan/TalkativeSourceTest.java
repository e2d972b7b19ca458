package io.hermes.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.edge.testing.LogListener;
import io.hermes.orchestrator.testing.EngineTest;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.ProxiedReply;
import io.hermes.storage.testing.Requests;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A store that knows its credentials and puts them into every answer. Why a job waits or has failed is told in the store's adapter's own
 * words; what the server said is told nowhere.
 */
@QuarkusTest
class TalkativeSourceTest extends EngineTest {

    @Inject
    MeterRegistry meters;

    private final String secret = UUID.randomUUID().toString();
    private final String encoded = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));

    private LogListener said;

    @BeforeEach
    void listen() {
        said = LogListener.open();
    }

    @AfterEach
    void close() {
        said.close();
    }

    private ProxiedReply everything(int status) {
        return ProxiedReply.of(status)
                .with("Content-Type", "application/xml")
                .with("x-amz-request-id", secret)
                .with("Location", "http://127.0.0.1:1/" + secret)
                .text("<Error><Code>" + secret + "</Code><Message>" + secret + " " + encoded + "</Message></Error>");
    }

    /** Every row of every table, as JSON. */
    private String dump() {
        List<String> tables = texts(
                "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables"
                        + " WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')");
        return String.join(
                "\n",
                tables.stream()
                        .flatMap(table -> texts("SELECT to_jsonb(t)::text FROM " + table + " t").stream())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 400, 401, 403, 404, 500, 503})
    void whatItAnswersIsRepeatedNowhere(int status) {
        try (FaultProxy server = FaultProxy.alone()) {
            // Given
            server.on(Requests.all(), Faults.answer(() -> everything(status)));
            UUID source = bucketOf(server, secret);
            long job = job(source, UUID.randomUUID(), "");

            // When
            start(job);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(text("SELECT status_reason FROM migration_jobs WHERE id = ?", job))
                            .isNotBlank());

            // Then
            String database = dump();
            String metrics = meters.getMeters().stream()
                    .map(meter -> meter.getId().toString())
                    .toList()
                    .toString();
            assertThat(database).contains(source.toString());
            assertThat(metrics).contains("hermes.provider.request");
            assertThat(said.lines()).isNotEmpty();
            assertThat(List.of(database, metrics, String.join("\n", said.lines())))
                    .allSatisfy(place -> assertThat(place).doesNotContain(secret, encoded));
        }
    }
}
