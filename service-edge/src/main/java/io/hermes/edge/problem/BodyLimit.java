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

/** Answers a body that is announced as too large before it is sent, as Quarkus does, but with a problem. */
@ApplicationScoped
class BodyLimit {

    /** Before the limit of Quarkus itself, which has nothing to say. */
    private static final int BEFORE_THE_LIMIT_OF_QUARKUS = 10;

    private final ObjectMapper json;
    private final long most;

    BodyLimit(
            ObjectMapper json,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size", defaultValue = "10240K") MemorySize most) {
        this.json = json;
        this.most = most.asLongValue();
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, BEFORE_THE_LIMIT_OF_QUARKUS);
    }

    private void check(RoutingContext exchange) {
        if (announced(exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH)) > most) {
            refuse(exchange);
        } else {
            exchange.next();
        }
    }

    private static long announced(String length) {
        return length == null || !length.matches("[0-9]{1,18}") ? 0 : Long.parseLong(length);
    }

    /** What is on its way is not read, so the connection cannot serve another request. */
    private void refuse(RoutingContext exchange) {
        HttpServerResponse response = exchange.response();
        response.setStatusCode(413)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .endHandler(sent -> exchange.request().connection().close())
                .end(body(exchange.request().path()));
    }

    private String body(String path) {
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
