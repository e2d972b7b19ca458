package io.hermes.registry.provider;

import io.hermes.edge.problem.SqlStates;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What PostgreSQL calls its errors. */
@ApplicationScoped
class PostgresStates implements SqlStates {

    @Override
    public Optional<String> of(Throwable failure) {
        return failure instanceof PgException database ? Optional.ofNullable(database.getSqlState()) : Optional.empty();
    }
}
