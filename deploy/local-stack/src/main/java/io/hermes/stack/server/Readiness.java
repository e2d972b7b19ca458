package io.hermes.stack.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** One short question to a server; every kind of silence is a no. */
public final class Readiness {

    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(LIMIT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    /** Held, because the JDK forgets the level of a logger that nobody holds. */
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    static {
        KAFKA.setLevel(Level.SEVERE);
    }

    private Readiness() {}

    /** Whether the server behind this URL answers with a status that says it is ready. */
    public static boolean answers(String url, IntPredicate expected) {
        try {
            HttpRequest question =
                    HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build();
            return expected.test(HTTP.send(question, BodyHandlers.discarding()).statusCode());
        } catch (IOException silence) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether a service of the suite says that it can do its work. */
    public static boolean serviceAnswers(String url) {
        return answers(url + "/q/health/ready", status -> status == 200);
    }

    /** An S3 server refuses an unsigned request, which is answer enough. */
    public static boolean s3Answers(String endpoint) {
        return answers(endpoint, status -> status == 403 || status == 400);
    }

    /** Whether a session can be opened. */
    public static boolean postgresAnswers(String host, int port, String database, String user, String password) {
        try (Connection connection = Postgres.connect(host, port, database, user, password)) {
            return connection.isValid((int) LIMIT.toSeconds());
        } catch (SQLException silence) {
            return false;
        }
    }

    /** Whether the broker answers a request. */
    public static boolean brokerAnswers(String bootstrapServers) {
        if (!accepts(bootstrapServers)) {
            return false;
        }
        int limit = (int) LIMIT.toMillis();
        Map<String, Object> settings = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, limit,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, limit);
        try (Admin admin = Admin.create(settings)) {
            return !admin.describeCluster()
                    .nodes()
                    .get(limit, TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException silence) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asked first, because the admin client logs a warning for every refused connection. */
    private static boolean accepts(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            int port = Integer.parseInt(hostAndPort.substring(colon + 1));
            socket.connect(new InetSocketAddress(hostAndPort.substring(0, colon), port), 500);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
