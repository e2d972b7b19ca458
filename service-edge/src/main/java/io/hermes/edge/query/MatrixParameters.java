package io.hermes.edge.query;

import io.hermes.edge.problem.ApiProblem;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** {@code /providers/1;drop} is not {@code /providers/1}: JAX-RS would drop what follows the semicolon without a word. */
@ApplicationScoped
class MatrixParameters {

    private final CurrentVertxRequest request;

    MatrixParameters(CurrentVertxRequest request) {
        this.request = request;
    }

    @ServerRequestFilter(preMatching = true)
    void refuse() {
        if (request.getCurrent().request().path().indexOf(';') >= 0) {
            throw ApiProblem.of(404, "NOT_FOUND", "Not found", "No path of this API holds a semicolon.");
        }
    }
}
