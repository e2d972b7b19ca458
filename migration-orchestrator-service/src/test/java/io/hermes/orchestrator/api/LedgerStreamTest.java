package io.hermes.orchestrator.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A ledger of some 45 MB, far more than what sockets buffer, and a client that reads as slowly as the test wants. */
@QuarkusTest
class LedgerStreamTest extends ApiTest {

    private static final int DOCUMENTS = 20_000;
    private static final int MESSAGE = 2000;
    private static final int SMALL = 16 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration QUIET = Duration.ofSeconds(2);

    @Inject
    MeterRegistry meters;

    private long job;
    private double before;

    @BeforeEach
    void manyItems() {
        job = createJob("large ledger");
        // The first ledger of a process brings the meters that are compared.
        admin().accept("application/x-ndjson")
                .get(JOBS + "/" + job + "/items")
                .then()
                .statusCode(200);
        sql("""
                INSERT INTO migration_items (migration_job_id, source_provider_id, status, error_code, error_message, completed_at)
                SELECT ?, 'doc-' || n, 'failed', 'TIMEOUT', repeat('m', ?), now() FROM generate_series(1, ?) AS n
                """, job, MESSAGE, DOCUMENTS);
        before = documents();
    }

    @AfterEach
    void noItems() {
        sql("DELETE FROM migration_items WHERE migration_job_id = ?", job);
    }

    private double documents() {
        return meters.get("hermes.migration.ledger.documents").counter().count();
    }

    private double exports() {
        return meters.get("hermes.migration.ledger.exports").gauge().value();
    }

    /** Documents read for this client by the time that nothing moves any more. */
    private double settled() {
        AtomicReference<Double> seen = new AtomicReference<>(-1.0);
        await().atMost(PATIENCE).during(QUIET).untilAsserted(() -> {
            double now = documents() - before;
            assertThat(seen.getAndSet(now)).isPositive().isEqualTo(now);
        });
        return seen.get();
    }

    /** Asks for the ledger and reads the beginning of the answer. */
    private Socket stalled() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress("localhost", RestAssured.port));
        String request = "GET " + JOBS + "/" + job
                + "/items HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\nAuthorization: Bearer " + TestTokens.ADMIN
                + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(UTF_8));
        assertThat(new String(socket.getInputStream().readNBytes(15), UTF_8)).isEqualTo("HTTP/1.1 200 OK");
        return socket;
    }

    @Test
    void aClientThatStallsHoldsTheReadingBackAndOneThatLeavesEndsIt() throws Exception {
        try (Socket client = stalled()) {
            assertThat(settled()).as("read for a client that takes nothing").isLessThan(DOCUMENTS / 2.0);
            assertThat(exports()).isEqualTo(1);
        }

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(exports()).isZero());
        assertThat(documents() - before).isLessThan(DOCUMENTS / 2.0);
    }

    @Test
    void noTransactionIsOpenWhileAClientTakesItsTime() throws Exception {
        try (Socket client = stalled()) {
            settled();

            assertThat(number(
                            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'"
                                    + " AND query LIKE '%migration_items%'"))
                    .isZero();
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(exports()).isZero());
    }

    /** The column is one that nobody else reads, and it can be renamed because no transaction of the export is open. */
    @Test
    void anErrorMidwayBreaksTheConnectionAndLeavesNoEnd() throws Exception {
        try (Socket client = stalled()) {
            settled();
            sql("ALTER TABLE migration_items RENAME COLUMN created_at TO created_at_gone");
            try {
                String rest = rest(client.getInputStream());

                assertThat(rest).contains("\r\ndocument,2,").doesNotContain("\r\nend,");
                assertThat(rest).as("the last chunk of a complete answer").doesNotEndWith("\r\n0\r\n\r\n");
            } finally {
                sql("ALTER TABLE migration_items RENAME COLUMN created_at_gone TO created_at");
            }
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(exports()).isZero());
    }

    @Test
    void aJobThatIsPurgedMeanwhileHasNoEnd() throws Exception {
        try (Socket client = stalled()) {
            settled();
            sql("UPDATE migration_jobs SET purging_at = now() WHERE id = ?", job);
            sql("DELETE FROM migration_items WHERE migration_job_id = ?", job);
            try {
                assertThat(rest(client.getInputStream()))
                        .contains("\r\ndocument,2,")
                        .doesNotContain("\r\nend,");
            } finally {
                sql("UPDATE migration_jobs SET purging_at = NULL WHERE id = ?", job);
            }
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(exports()).isZero());
    }

    @Test
    void aPatientClientGetsEveryDocumentAndTheEnd() throws Exception {
        HttpRequest request = ledger(job, "application/x-ndjson");
        AtomicLong lines = new AtomicLong();
        AtomicReference<String> last = new AtomicReference<>();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            client.send(request, HttpResponse.BodyHandlers.ofLines()).body().forEach(line -> {
                lines.incrementAndGet();
                last.set(line);
            });
        }

        assertThat(lines.get()).isEqualTo(DOCUMENTS + 1);
        assertThat(last.get()).isEqualTo("{\"record\":\"end\",\"number\":" + DOCUMENTS + "}");
    }

    /** What comes until the connection ends, one way or the other; only its beginning and end are kept. */
    private static String rest(InputStream answer) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        byte[] tail = {};
        byte[] part = new byte[SMALL];
        try {
            for (int read = answer.read(part); read >= 0; read = answer.read(part)) {
                if (head.size() < 4 * SMALL) {
                    head.write(part, 0, read);
                }
                tail = Arrays.copyOf(part, read);
            }
        } catch (IOException reset) {
            return head.toString(UTF_8) + new String(tail, UTF_8);
        }
        return head.toString(UTF_8) + new String(tail, UTF_8);
    }
}
