package io.hermes.edge.problem;

import com.fasterxml.jackson.core.JacksonException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Tells whether a request failed because the database is away or overloaded, so that the same request may succeed later. */
@ApplicationScoped
class DatabaseAway {

    /** Connection, rollback for the sake of others, resources, intervention of an operator, error of the system. */
    private static final Set<String> TRANSIENT_CLASSES = Set.of("08", "40", "53", "57", "58");

    private static final int CLASS_LENGTH = 2;
    private static final int DEEPEST = 20;

    private final Instance<SqlStates> states;

    DatabaseAway(Instance<SqlStates> states) {
        this.states = states;
    }

    boolean caused(Throwable failure) {
        return failure != null
                && states.isResolvable()
                && causes(failure).noneMatch(JacksonException.class::isInstance)
                && causes(failure).anyMatch(cause -> isLostConnection(cause) || hasTransientState(cause));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST);
    }

    /** What driver and pool say without an SQL state: refused, reset, closed, no connection in time. */
    private static boolean isLostConnection(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof TimeoutException
                || cause instanceof VertxException
                || cause instanceof NoStackTraceThrowable;
    }

    private boolean hasTransientState(Throwable cause) {
        return states.get()
                .of(cause)
                .filter(state -> state.length() >= CLASS_LENGTH)
                .filter(state -> TRANSIENT_CLASSES.contains(state.substring(0, CLASS_LENGTH)))
                .isPresent();
    }

    /** The answer. */
    static ApiProblem problem() {
        return ApiProblem.of(
                        503,
                        "DATABASE_UNAVAILABLE",
                        "The database is away",
                        "The service's database cannot be reached or refuses work. Send the request again in a few seconds.")
                .withHeader("Retry-After", "5");
    }
}
