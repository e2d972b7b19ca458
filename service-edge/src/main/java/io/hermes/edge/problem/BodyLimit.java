package io.hermes.edge.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Nullable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers a body that is announced as too large with a problem, where Quarkus has nothing to say. A client that has begun to send sees a
 * reset instead of the answer if the connection is closed under it (RFC 9112 §9.6), so what is a little too large is read to its end first.
 */
@ApplicationScoped
public class BodyLimit {

    /** Before the limit of Quarkus itself. */
    private static final int BEFORE_THE_LIMIT_OF_QUARKUS = 10;

    /** Bytes beyond the limit that are still read, and thrown away: what a client sends without asking first. */
    private static final long READ_AWAY = 16L * 1024 * 1024;

    private final ObjectMapper json;
    private final long everywhere;

    BodyLimit(
            ObjectMapper json,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size", defaultValue = "10240K")
                    MemorySize everywhere) {
        this.json = json;
        this.everywhere = everywhere.asLongValue();
    }

    void install(@Observes Filters filters) {
        filters.register(exchange -> hold(exchange, everywhere), BEFORE_THE_LIMIT_OF_QUARKUS);
    }

    /**
     * Lets a body through that announces at most so many bytes, or does not announce its length.
     *
     * @param most bytes
     */
    public void hold(RoutingContext exchange, long most) {
        long announced = announced(exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH));
        if (announced <= most) {
            exchange.next();
        } else if (announced - most > READ_AWAY || asksFirst(exchange)) {
            refuseUnread(exchange, most);
        } else {
            refuseRead(exchange, most);
        }
    }

    private static long announced(String length) {
        return length == null || !length.matches("[0-9]{1,18}") ? 0 : Long.parseLong(length);
    }

    private static boolean asksFirst(RoutingContext exchange) {
        return exchange.request().headers().contains(HttpHeaders.EXPECT);
    }

    private void refuseRead(RoutingContext exchange, long most) {
        exchange.request()
                .handler(thrownAway -> {})
                .endHandler(
                        read -> refusal(exchange).end(body(exchange.request().path(), most)))
                .resume();
    }

    /** What is on its way is not read, so the connection cannot serve another request. */
    private void refuseUnread(RoutingContext exchange, long most) {
        refusal(exchange)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .endHandler(sent -> exchange.request().connection().close())
                .end(body(exchange.request().path(), most));
    }

    private static HttpServerResponse refusal(RoutingContext exchange) {
        return exchange.response().setStatusCode(413).putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json");
    }

    private String body(String path, long most) {
        HttpProblem problem = HttpProblem.builder(ApiProblem.of(
                        413, "BODY_TOO_LARGE", "Body too large", "Send a body of at most " + most + " bytes."))
                .withInstance(instance(path))
                .with("timestamp", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .build();
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A path that no URI may hold is not repeated. */
    @Nullable
    private static URI instance(String path) {
        try {
            return new URI(path);
        } catch (URISyntaxException odd) {
            return null;
        }
    }
}
