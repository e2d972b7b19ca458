package io.hermes.stack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The public API as any client sees it: JSON over HTTP with a bearer token. */
final class HermesApi {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();
    private final String base;
    private final String token;

    HermesApi(String base, String token) {
        this.base = base;
        this.token = token;
    }

    JsonNode get(String path) throws IOException, DemoFailure {
        return exchange("GET", path, HttpRequest.newBuilder().GET());
    }

    JsonNode post(String path, Record body) throws IOException, DemoFailure {
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        return exchange("POST", path, request);
    }

    JsonNode post(String path) throws IOException, DemoFailure {
        return exchange("POST", path, HttpRequest.newBuilder().POST(BodyPublishers.noBody()));
    }

    private JsonNode exchange(String method, String path, HttpRequest.Builder request) throws IOException, DemoFailure {
        HttpRequest complete = request.uri(URI.create(base + path))
                .header("Authorization", "Bearer " + token)
                .timeout(LIMIT)
                .build();
        try {
            HttpResponse<String> answer = http.send(complete, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new DemoFailure(
                        "%s %s answered %d: %s".formatted(method, path, answer.statusCode(), answer.body()));
            }
            return JSON.readTree(answer.body());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("It was interrupted.");
        }
    }
}
