package io.hermes.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One service of the suite. Every method blocks until the answer is there, for a minute at most. */
public final class HermesApi {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final int LARGEST_PROBLEM = 64 << 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .build();
    private final String name;
    private final String base;
    private final Optional<String> token;

    /**
     * Speaks to one service.
     *
     * @param name for messages, such as {@code orchestrator}
     * @param base URL without the path
     * @param token bearer token; absent for a stack without security
     */
    public HermesApi(String name, String base, Optional<String> token) {
        this.name = name;
        this.base = base.replaceFirst("/+$", "");
        this.token = token;
    }

    /** The answer to a GET. */
    public JsonNode get(String path) throws ApiFailure, InterruptedException {
        return exchange(request(path).GET());
    }

    /** The answer to a POST of this JSON. */
    public JsonNode post(String path, JsonNode body) throws ApiFailure, InterruptedException {
        return exchange(request(path).header("Content-Type", "application/json").POST(json(body)));
    }

    /** The answer to a POST that may be repeated under this key without doing it twice. */
    public JsonNode post(String path, JsonNode body, String idempotencyKey) throws ApiFailure, InterruptedException {
        return exchange(request(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(json(body)));
    }

    /** The answer to a POST without a body. */
    public JsonNode post(String path) throws ApiFailure, InterruptedException {
        return exchange(request(path).POST(BodyPublishers.noBody()));
    }

    /** The answer to a PUT of a file, which is read while it is sent. */
    public JsonNode put(String path, String mediaType, Path file)
            throws ApiFailure, FileNotFoundException, InterruptedException {
        return exchange(request(path).header("Content-Type", mediaType).PUT(BodyPublishers.ofFile(file)));
    }

    /** The answer to a PATCH of the parts that this JSON names, whatever the others have become meanwhile. */
    public JsonNode patch(String path, JsonNode changes) throws ApiFailure, InterruptedException {
        return exchange(request(path)
                .header("Content-Type", "application/merge-patch+json")
                .header("If-Match", "*")
                .method("PATCH", json(changes)));
    }

    /** The answer to a DELETE. */
    public JsonNode delete(String path) throws ApiFailure, InterruptedException {
        return exchange(request(path).DELETE());
    }

    /** The body of a GET as it comes in, which may take as long as it keeps coming. The caller closes it. */
    public InputStream stream(String path, String mediaType) throws ApiFailure, InterruptedException {
        HttpRequest request = request(path).setHeader("Accept", mediaType).GET().build();
        HttpResponse<InputStream> answer = send(request, BodyHandlers.ofInputStream());
        if (answer.statusCode() == 200) {
            return answer.body();
        }
        try (InputStream body = answer.body()) {
            throw refused(answer, body.readNBytes(LARGEST_PROBLEM));
        } catch (IOException broken) {
            throw ApiFailure.Unreachable.of(name, base, broken);
        }
    }

    private HttpRequest.Builder request(String path) throws ApiFailure {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                    .timeout(LIMIT)
                    .header("Accept", "application/json");
            token.ifPresent(word -> request.header("Authorization", "Bearer " + word));
            return request;
        } catch (IllegalArgumentException notHttp) {
            throw new ApiFailure.Unreachable(
                    "'" + base + "' is not the URL of a service; it looks like http://host:port.");
        }
    }

    private JsonNode exchange(HttpRequest.Builder request) throws ApiFailure, InterruptedException {
        HttpResponse<byte[]> answer = send(request.build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() / 100 != 2) {
            throw refused(answer, answer.body());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (IOException notJson) {
            throw new ApiFailure.Unreachable(
                    "What answers at " + base + " does not speak JSON. Is it the " + name + "?");
        }
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws ApiFailure, InterruptedException {
        try {
            return http.send(request, handler);
        } catch (IOException broken) {
            throw ApiFailure.Unreachable.of(name, base, broken);
        }
    }

    private static ApiFailure refused(HttpResponse<?> answer, byte[] body) {
        Optional<String> retryAfter = answer.headers().firstValue("Retry-After");
        return new ApiFailure.Refused(
                Problem.of(answer.statusCode(), new String(body, StandardCharsets.UTF_8), retryAfter));
    }

    private static BodyPublisher json(JsonNode body) {
        try {
            return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
