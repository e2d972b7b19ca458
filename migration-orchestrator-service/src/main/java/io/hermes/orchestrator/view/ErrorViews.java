package io.hermes.orchestrator.view;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.IntStream;

/** What went wrong in a job, grouped by code. */
@ApplicationScoped
public class ErrorViews {

    private static final int SAMPLES = 5;

    private static final String GROUPS = """
            SELECT counted.error_code, counted.n, sample.ids, sample.keys, sample.messages
              FROM (SELECT error_code, count(*) AS n FROM migration_items
                     WHERE migration_job_id = $1 AND status = 'failed' GROUP BY error_code) AS counted
             CROSS JOIN LATERAL (
                    SELECT array_agg(id ORDER BY id) AS ids, array_agg(source_provider_id ORDER BY id) AS keys,
                           array_agg(error_message ORDER BY id) AS messages
                      FROM (SELECT id, source_provider_id, error_message FROM migration_items
                             WHERE migration_job_id = $1 AND status = 'failed' AND error_code = counted.error_code
                             ORDER BY id LIMIT $2) AS first) AS sample
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
                .execute(Tuple.of(jobId, SAMPLES))
                .map(rows -> rows.stream().toList());
    }

    private static ErrorView view(Row row) {
        String code = row.getString("error_code");
        ErrorWords words = ErrorWords.of(code);
        List<ErrorView.Sample> samples = samples(row);
        return new ErrorView(
                code, words.origin(), words.retryable(), words.hint(), row.getLong("n"), samples.getFirst(), samples);
    }

    /** A count and its samples are of one statement, so there is at least one. */
    private static List<ErrorView.Sample> samples(Row row) {
        Long[] ids = row.getArrayOfLongs("ids");
        String[] keys = row.getArrayOfStrings("keys");
        String[] messages = row.getArrayOfStrings("messages");
        return IntStream.range(0, ids.length)
                .mapToObj(i -> new ErrorView.Sample(ids[i], keys[i], messages[i]))
                .toList();
    }
}
