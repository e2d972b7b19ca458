package io.hermes.orchestrator.api;

import io.hermes.edge.problem.BodyLimit;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * How large a body may be. {@code quarkus.http.limits.max-body-size} holds for every route, and is as large as a file of documents may be,
 * which is read as it comes; every other body is collected, so here it gets the limit that it can have.
 */
@ApplicationScoped
class BodyLimits {

    private static final long COLLECTED = 8L * 1024 * 1024;

    /** Behind the framework's own limit, which would take back what is set here, and before any route. */
    private static final int LATE = 1;

    private static final Pattern READ_AS_IT_COMES = Pattern.compile("/api/v2/migrations/jobs/[^/]+/documents/?");

    private final BodyLimit limit;

    BodyLimits(BodyLimit limit) {
        this.limit = limit;
    }

    void install(@Observes Filters filters) {
        filters.register(this::hold, LATE);
    }

    private void hold(RoutingContext call) {
        if (isReadAsItComes(call)) {
            call.next();
        } else {
            call.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, COLLECTED);
            limit.hold(call, COLLECTED);
        }
    }

    private static boolean isReadAsItComes(RoutingContext call) {
        return call.request().method().equals(HttpMethod.PUT)
                && READ_AS_IT_COMES.matcher(call.request().path()).matches();
    }
}
