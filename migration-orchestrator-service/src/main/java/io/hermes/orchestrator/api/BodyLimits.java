package io.hermes.orchestrator.api;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
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
    private static final int TOO_LARGE = 413;

    /** Behind the framework's own limit, which would take back what is set here, and before any route. */
    private static final int LATE = 1;

    private static final Pattern READ_AS_IT_COMES = Pattern.compile("/api/v2/migrations/jobs/[^/]+/documents/?");

    void install(@Observes Filters filters) {
        filters.register(BodyLimits::limit, LATE);
    }

    private static void limit(RoutingContext call) {
        if (isReadAsItComes(call)) {
            call.next();
        } else if (length(call) > COLLECTED) {
            refuse(call);
        } else {
            call.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, COLLECTED);
            call.next();
        }
    }

    private static boolean isReadAsItComes(RoutingContext call) {
        return call.request().method().equals(HttpMethod.PUT)
                && READ_AS_IT_COMES.matcher(call.request().path()).matches();
    }

    private static long length(RoutingContext call) {
        String length = call.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    /** What the client still sends is not read. */
    private static void refuse(RoutingContext call) {
        call.response().endHandler(ended -> call.request().connection().close());
        var unused = call.response()
                .putHeader(HttpHeaders.CONNECTION, "close")
                .setStatusCode(TOO_LARGE)
                .end();
    }
}
