package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** One service's public API. Every answer but a success is an assertion error that shows it. */
record Rest(String base, String token) {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    JsonNode get(String path) throws IOException, InterruptedException {
        return exchange("GET", path, BodyPublishers.noBody());
    }

    JsonNode post(String path, String json) throws IOException, InterruptedException {
        return exchange("POST", path, BodyPublishers.ofString(json));
    }

    private JsonNode exchange(String method, String path, BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .timeout(LIMIT)
                .method(method, body)
                .build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode() / 100)
                .as("%s %s answered %d: %s", method, path, answer.statusCode(), answer.body())
                .isEqualTo(2);
        return JSON.readTree(answer.body());
    }
}
