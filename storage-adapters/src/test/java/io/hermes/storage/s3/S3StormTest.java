package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.StoreAssembly;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real server that answers 503 to what is above so many requests a second, and askers who never pause. */
class S3StormTest {

    private static final int ALLOWED = 20;
    private static final int ASKERS = 32;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration TRIAL = Duration.ofSeconds(10);

    private final AtomicBoolean over = new AtomicBoolean();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final S3StoreFactory factory = new S3StoreFactory();
    private HttpServer server;
    private volatile String retryAfter = "";
    private long second;
    private int inSecond;
    private int asked;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        over.set(true);
        factory.close();
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (refuses()) {
                if (!retryAfter.isEmpty()) {
                    exchange.getResponseHeaders().set("Retry-After", retryAfter);
                }
                exchange.sendResponseHeaders(503, -1);
            } else {
                exchange.getResponseHeaders().set("ETag", "\"d41d8cd98f00b204e9800998ecf8427e\"");
                exchange.getResponseHeaders().set("Last-Modified", "Sat, 28 Nov 2026 12:00:00 GMT");
                // An answer to HEAD has the length that it would have.
                exchange.getResponseHeaders().set("Content-Length", "0");
                exchange.sendResponseHeaders(200, -1);
            }
        }
    }

    private synchronized boolean refuses() {
        asked++;
        long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
        inSecond = now == second ? inSecond + 1 : 1;
        second = now;
        return inSecond > ALLOWED;
    }

    private synchronized int asked() {
        return asked;
    }

    /**
     * No bound here depends on how fast the machine is: a slow one asks less. How close to what the store allows it comes is tried where time
     * is turned by hand ({@code BackoffTest}).
     */
    @ParameterizedTest
    @ValueSource(strings = {"", "1"})
    void aStoreThatThrottlesIsNotStormed(String pause) {
        retryAfter = pause;
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        S3StoreSettings settings = S3StoreSettings.at(endpoint, "us-east-1", "documents", "access", "secret")
                .with("retry_max_attempts", "1");
        StoreAssembly assembly = new StoreAssembly(List.of(factory), List.of());
        try (DocumentStore store = assembly.open(settings.build())) {
            long start = System.nanoTime();
            for (int asker = 0; asker < ASKERS; asker++) {
                ask(store);
            }

            await().atMost(PATIENCE).until(() -> System.nanoTime() - start > TRIAL.toNanos());

            over.set(true);
            double seconds = (System.nanoTime() - start) / 1e9;
            assertThat(asked())
                    .as("requests in %s s", seconds)
                    .isLessThan((int) (2 * ALLOWED * (seconds + 1)) + ASKERS);
        }
    }

    private void ask(DocumentStore store) {
        store.stat(new DocumentKey("a"))
                .onItemOrFailure()
                .invoke((found, failure) -> {
                    if (!over.get()) {
                        ask(store);
                    }
                })
                .subscribe()
                .with(found -> {}, failure -> {});
    }
}
