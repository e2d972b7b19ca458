package io.hermes.edge.problem;

import java.util.Optional;

/**
 * What a service with a database knows about its driver's failures, as a bean. With it, a request that fails because the database is
 * away is answered with 503 {@code DATABASE_UNAVAILABLE} instead of 500.
 */
public interface SqlStates {

    /** The SQLSTATE that the database gave for this failure, not for its causes; empty if it is none of the database's. */
    Optional<String> of(Throwable failure);
}
