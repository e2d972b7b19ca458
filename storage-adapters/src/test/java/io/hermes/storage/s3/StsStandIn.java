package io.hermes.storage.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.hermes.storage.testing.Faults;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/**
 * A Security Token Service over HTTP that knows one caller and one role. It checks the signature and the external id as the real one
 * does, and hands out the keys of an S3 server together with a session token that tells its sessions apart.
 */
final class StsStandIn implements AutoCloseable {

    static final String CALLER = "caller-of-the-role";
    static final String CALLERS_SECRET = "callers-secret-canary";
    static final String ROLE = "arn:aws:iam::123456789012:role/hermes";
    static final String EXTERNAL_ID = "agreed/with:the-owner";
    /** Every session token begins like this. */
    static final String TOKEN = "session-token-canary-";

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
    private final String accessKey;
    private final String secretKey;
    private final Clock clock;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile Optional<Trouble> trouble = Optional.empty();

    private record Trouble(int status, String code) {}

    /**
     * @param accessKey handed out
     * @param secretKey handed out
     * @param clock tells when sessions end
     */
    StsStandIn(String accessKey, String secretKey, Clock clock) throws IOException {
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.clock = clock;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was asked for, one form a request. */
    List<Map<String, String>> asked() {
        return List.copyOf(asked);
    }

    /** From now on requests are heard and answered only after {@link #goOn}. */
    void holdBack() {
        gate = new CountDownLatch(1);
    }

    void goOn() {
        gate.countDown();
    }

    /** From now on every answer is this error. */
    void fail(int status, String code) {
        trouble = Optional.of(new Trouble(status, code));
    }

    void recover() {
        trouble = Optional.empty();
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Map<String, String> form = form(new String(body, StandardCharsets.UTF_8));
        asked.add(form);
        try {
            gate.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        if (trouble.isPresent()) {
            answer(exchange, trouble.get().status(), error(trouble.get().code()));
        } else if (!isSigned(exchange, body)) {
            answer(exchange, 403, error("SignatureDoesNotMatch"));
        } else if (!ROLE.equals(form.get("RoleArn")) || !EXTERNAL_ID.equals(form.get("ExternalId"))) {
            answer(exchange, 403, error("AccessDenied"));
        } else {
            answer(exchange, 200, session(form));
        }
    }

    private static Map<String, String> form(String body) {
        return Arrays.stream(body.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    /** Whether the caller's secret gives the signature that came, over these very bytes. */
    private boolean isSigned(HttpExchange exchange, byte[] body) {
        String came = exchange.getRequestHeaders().getFirst("Authorization");
        SdkHttpFullRequest.Builder bare =
                SdkHttpFullRequest.builder().method(SdkHttpMethod.POST).uri(URI.create(endpoint() + "/"));
        String signed = came.replaceAll(".*SignedHeaders=([^,]*),.*", "$1");
        Arrays.stream(signed.split(";"))
                .filter(name -> !name.equals("host") && !name.equals("x-amz-date"))
                .forEach(name ->
                        bare.putHeader(name, exchange.getRequestHeaders().get(name)));
        Instant then = STAMP.withZone(ZoneOffset.UTC)
                .parse(exchange.getRequestHeaders().getFirst("X-Amz-Date"), Instant::from);
        return AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsBasicCredentials.create(CALLER, CALLERS_SECRET))
                        .request(bare.build())
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(then, ZoneOffset.UTC)))
                .request()
                .firstMatchingHeader("Authorization")
                .filter(came::equals)
                .isPresent();
    }

    private String session(Map<String, String> form) {
        Instant end = clock.instant().plusSeconds(Long.parseLong(form.get("DurationSeconds")));
        return """
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>\
                <AccessKeyId>%s</AccessKeyId><SecretAccessKey>%s</SecretAccessKey><SessionToken>%s</SessionToken>\
                <Expiration>%s</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>""".formatted(accessKey, secretKey, TOKEN + asked.size(), end);
    }

    private static String error(String code) {
        return """
                <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>%s</Code>\
                <Message>%s</Message></Error><RequestId>1</RequestId></ErrorResponse>""".formatted(code, Faults.CANARY);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/xml");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        goOn();
        server.stop(0);
        threads.shutdownNow();
    }
}
