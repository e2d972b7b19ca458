package io.hermes.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hermes.storage.testing.Faults.Framing;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultProxyTest {

    private static final String BODY = "0123456789";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** For answers that never come. */
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final AtomicInteger served = new AtomicInteger();
    private final HttpServer server;
    private final FaultProxy proxy;

    /** Answers with the {@code Host} and the body that it was sent. */
    FaultProxyTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::echo);
        server.start();
        proxy = FaultProxy.before("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void echo(HttpExchange exchange) throws IOException {
        served.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("X-Host", exchange.getRequestHeaders().getFirst("Host"));
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void passesWhatNoRuleIsAbout() throws Exception {
        try (proxy) {
            HttpResponse<String> reply = put("/bucket/a%20b?partNumber=1");
            assertThat(reply.body()).isEqualTo(BODY);
            assertThat(reply.headers().firstValue("X-Host"))
                    .contains(URI.create(proxy.endpoint()).getAuthority());
            assertThat(proxy.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.key()).isEqualTo("a b"))
                    .satisfies(
                            request -> assertThat(request.query("partNumber")).contains("1"));
        }
    }

    @Test
    void answersInsteadOfTheServerWhereAndAsOftenAsItIsTold() throws Exception {
        try (proxy) {
            FaultRule second = proxy.on(Requests.of("PUT").key("a").nth(2), Faults.error(503, "SlowDown"));
            List<Integer> statuses = List.of(
                    put("/b/a").statusCode(),
                    put("/b/other").statusCode(),
                    put("/b/a").statusCode(),
                    put("/b/a").statusCode());
            assertThat(statuses).containsExactly(200, 200, 503, 200);
            assertThat(second.fired()).isEqualTo(1);
            assertThat(served).hasValue(3);
        }
    }

    @Test
    void aFaultThatNeverHappenedFailsTheTest() {
        proxy.on(Requests.of("DELETE"), Faults.status(503));
        assertThatThrownBy(proxy::close).isInstanceOf(AssertionError.class).hasMessageContaining("proves nothing");
    }

    @Test
    void chanceIsRepeatable() {
        Requests share = Requests.all().share(0.3, 7);
        Requests again = Requests.all().share(0.3, 7);
        List<Boolean> hits =
                IntStream.range(0, 1000).mapToObj(share.due()::test).toList();
        assertThat(hits)
                .isEqualTo(IntStream.range(0, 1000).mapToObj(again.due()::test).toList());
        assertThat(hits.stream().filter(hit -> hit).count()).isBetween(250L, 350L);
    }

    @ParameterizedTest
    @EnumSource
    void cutsABodyInEveryFraming(Framing framing) throws Exception {
        try (proxy) {
            proxy.on(Requests.all(), Faults.truncate(4, framing));
            switch (framing) {
                case KEEPS_LENGTH, CHUNKED ->
                    assertThatThrownBy(() -> put("/b/a")).isInstanceOf(IOException.class);
                // No client can see that anything is missing.
                case UNTIL_CLOSE, SHORTER_LENGTH ->
                    assertThat(put("/b/a").body()).isEqualTo("0123");
            }
        }
    }

    @Test
    void changesBytesTextAndHeaders() throws Exception {
        try (proxy) {
            proxy.on(Requests.of("PUT").key("request"), Faults.flipInRequest(3));
            proxy.on(Requests.of("PUT").key("reply"), Faults.flipInReply(9));
            proxy.on(Requests.of("PUT").key("text"), Faults.rewrite(text -> text + text));
            proxy.on(Requests.of("PUT").key("head"), Faults.headers(headers -> headers.and("X-Host", "twice")));
            assertThat(put("/b/request").body()).isEqualTo("0122456789");
            assertThat(put("/b/reply").body()).isEqualTo("0123456788");
            assertThat(put("/b/text").body()).isEqualTo(BODY + BODY);
            assertThat(put("/b/head").headers().allValues("X-Host")).hasSize(2);
        }
    }

    @Test
    void losesRequestsRepliesAndConnections() throws Exception {
        try (proxy) {
            proxy.on(Requests.of("PUT").key("request"), Faults.dropRequest());
            proxy.on(Requests.of("PUT").key("reply"), Faults.loseReply());
            proxy.on(Requests.of("PUT").key("reset"), Faults.reset(2));
            assertThatThrownBy(() -> put("/b/request")).isInstanceOf(IOException.class);
            assertThat(served).hasValue(0);
            assertThatThrownBy(() -> put("/b/reply")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> put("/b/reset")).isInstanceOf(IOException.class);
            assertThat(served).hasValue(2);
        }
    }

    @Test
    void staysSilent() {
        try (proxy) {
            proxy.on(Requests.of("PUT").key("silence"), Faults.silence());
            proxy.on(Requests.of("PUT").key("deafness"), Faults.deafness());
            assertThatThrownBy(() -> put("/b/silence", A_MOMENT)).isInstanceOf(HttpTimeoutException.class);
            assertThatThrownBy(() -> put("/b/deafness", A_MOMENT)).isInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void slowsDown() throws Exception {
        try (proxy) {
            proxy.on(Requests.all(), Faults.slowReply(50));
            long start = System.nanoTime();
            assertThat(put("/b/a").body()).isEqualTo(BODY);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
        }
    }

    @Test
    void isDownAndComesBack() throws Exception {
        try (proxy) {
            put("/b/a");
            proxy.refuseConnections();
            assertThatThrownBy(() -> put("/b/a")).isInstanceOf(ConnectException.class);
            proxy.acceptConnections();
            assertThat(put("/b/a").body()).isEqualTo(BODY);
        }
    }

    private HttpResponse<String> put(String target) throws IOException, InterruptedException {
        return put(target, PATIENCE);
    }

    private HttpResponse<String> put(String target, Duration limit) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(proxy.endpoint() + target))
                .timeout(limit)
                .PUT(BodyPublishers.ofString(BODY))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
