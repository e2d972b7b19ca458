package io.hermes.orchestrator.view;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What went wrong in a job, grouped by code. */
@ApplicationScoped
public class ErrorViews {

    private static final String GROUPS = """
            SELECT counted.error_code, counted.n, first.id, first.source_provider_id, first.error_message
              FROM (SELECT error_code, count(*) AS n, min(id) AS first_id FROM migration_items
                     WHERE migration_job_id = $1 AND status = 'failed' GROUP BY error_code) AS counted
              JOIN migration_items AS first ON first.id = counted.first_id
             ORDER BY counted.n DESC, counted.error_code
            """;

    private final Pool pool;

    ErrorViews(@ReactiveDataSource("flow") Pool pool) {
        this.pool = pool;
    }

    /** The most frequent first. */
    public Uni<List<ErrorView>> ofJob(long jobId) {
        return pool.preparedQuery(GROUPS)
                .mapping(ErrorViews::view)
                .execute(Tuple.of(jobId))
                .map(rows -> rows.stream().toList());
    }

    private static ErrorView view(Row row) {
        String code = row.getString("error_code");
        ErrorWords words = ErrorWords.of(code);
        return new ErrorView(
                code,
                words.origin(),
                words.retryable(),
                words.hint(),
                row.getLong("n"),
                new ErrorView.Sample(
                        row.getLong("id"), row.getString("source_provider_id"), row.getString("error_message")));
    }
}
