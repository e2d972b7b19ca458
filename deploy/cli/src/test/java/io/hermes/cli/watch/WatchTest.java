package io.hermes.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.hermes.cli.api.ApiFailure;
import io.hermes.cli.api.HermesApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WatchTest {

    private static final String RUNNING = "{\"status\": \"running\", \"total\": 2, \"migrated\": 1}";
    private static final String COMPLETED =
            "{\"status\": \"completed\", \"outcome\": \"success\", \"total\": 2, \"migrated\": 2}";
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Patience LONG = new Patience(SHORT, SHORT, SHORT.multipliedBy(4), Duration.ofMinutes(5));

    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private HttpServer server;

    private record Answer(int status, String body) {}

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v2/migrations/jobs/7/progress", exchange -> {
            Answer answer = answers.remove();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private Watch watch(Patience patience) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
        return new Watch(
                new HermesApi("orchestrator", url, Optional.empty()), new ProgressDisplay(out, false, 80), patience);
    }

    private String said() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    @Timeout(60)
    void goesOnWhenTheOrchestratorComesBack() throws Exception {
        // Given
        answers.add(new Answer(200, RUNNING));
        answers.add(new Answer(503, "{\"code\":\"UNAVAILABLE\",\"detail\":\"Starting.\"}"));
        answers.add(new Answer(502, "<html>bad gateway</html>"));
        answers.add(new Answer(200, RUNNING));
        answers.add(new Answer(200, COMPLETED));

        // When
        var end = watch(LONG).untilEnd("7");

        // Then
        assertThat(end.path("outcome").asText()).isEqualTo("success");
        assertThat(said())
                .containsSubsequence("UNAVAILABLE: Starting.", "trying again in", "HTTP_502", "answers again");
        assertThat(answers).isEmpty();
    }

    @Test
    @Timeout(60)
    void givesUpAnOrchestratorThatStaysAway() {
        // Given
        answers.add(new Answer(200, RUNNING));
        for (int time = 0; time < 1000; time++) {
            answers.add(new Answer(503, ""));
        }

        // When Then
        assertThatThrownBy(() -> watch(new Patience(SHORT, SHORT, SHORT, Duration.ofMillis(50)))
                        .untilEnd("7"))
                .isInstanceOf(ApiFailure.Refused.class)
                .hasMessageContaining("HTTP_503");
        assertThat(answers).as("not asked for ever").isNotEmpty();
    }

    @Test
    void doesNotWaitForAJobThatIsNotThere() {
        // Given
        answers.add(new Answer(200, RUNNING));
        answers.add(new Answer(404, "{\"code\":\"JOB_UNKNOWN\",\"detail\":\"No job has this id or UUID.\"}"));

        // When Then
        assertThatThrownBy(() -> watch(LONG).untilEnd("7")).hasMessage("JOB_UNKNOWN: No job has this id or UUID.");
    }

    @Test
    void doesNotWaitForAnOrchestratorThatNeverAnswered() {
        // Given
        answers.add(new Answer(503, ""));

        // When Then
        assertThatThrownBy(() -> watch(LONG).untilEnd("7")).isInstanceOf(ApiFailure.Refused.class);
        assertThat(said()).isEmpty();
    }
}
