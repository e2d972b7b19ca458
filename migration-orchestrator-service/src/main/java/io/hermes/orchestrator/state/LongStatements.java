package io.hermes.orchestrator.state;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Keeps every statement of the pool "flow" prepared. By itself the client prepares those of more than 2,048 characters
 * ({@code SqlConnectOptions.DEFAULT_PREPARED_STATEMENT_CACHE_SQL_LIMIT}) anew each time, and planning the statement of the progress takes
 * PostgreSQL five times as long as running it. All texts are constants, so there are few.
 */
@Singleton
@ReactiveDataSource("flow")
class LongStatements implements PgPoolCreator {

    @Override
    public Pool create(Input input) {
        List<SqlConnectOptions> servers = List.copyOf(input.pgConnectOptionsList());
        servers.forEach(server -> server.setPreparedStatementCacheSqlFilter(sql -> true));
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(servers)
                .using(input.vertx())
                .build();
    }
}
