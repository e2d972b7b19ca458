package io.hermes.orchestrator.api;

import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener as a browser is one: a connection of its own, read until the server or the test ends it. */
final class EventStream implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> response;
    private final List<Received> events = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private volatile boolean ended;

    /** One event. */
    record Received(String id, String name, JsonPath data) {}

    /** @param lastEventId {@code null} on the first connection */
    EventStream(URI uri, String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + TestTokens.ADMIN);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            this.response = client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
        Thread.ofVirtual().start(this::read);
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    /** What came so far. */
    List<Received> events() {
        return List.copyOf(events);
    }

    /** Signs of life so far. */
    List<String> comments() {
        return List.copyOf(comments);
    }

    /** Whether the server has ended the stream as it should. */
    boolean ended() {
        return ended;
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            Map<String, String> fields = new HashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line, fields);
            }
            ended = true;
        } catch (IOException closed) {
            // The test has closed the connection.
        }
    }

    private void take(String line, Map<String, String> fields) {
        if (line.startsWith(":")) {
            comments.add(line.substring(1));
        } else if (!line.isEmpty()) {
            int colon = line.indexOf(':');
            fields.put(line.substring(0, colon), line.substring(colon + 1));
        } else if (fields.containsKey("data")) {
            events.add(new Received(fields.get("id"), fields.get("event"), JsonPath.from(fields.get("data"))));
            fields.clear();
        } else {
            fields.clear();
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException closed) {
            // It was closed already.
        }
        client.shutdownNow();
    }
}
