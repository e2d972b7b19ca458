package io.hermes.orchestrator.view;

import static io.hermes.orchestrator.view.JobState.instant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The timelines of jobs. */
@ApplicationScoped
public class TimelineViews {

    /** Entries of a job are written under its lock, so their numbers grow in the order of their commits. */
    private static final String PAGE = """
            SELECT id, at, kind, actor, sentence, fields::text AS fields FROM migration_timeline
             WHERE migration_job_id = $1 AND id > $2 ORDER BY id LIMIT $3
            """;

    private final Pool pool;
    private final ObjectMapper json;

    TimelineViews(@ReactiveDataSource("flow") Pool pool, ObjectMapper json) {
        this.pool = pool;
        this.json = json;
    }

    /** At most so many entries of the job, oldest first, whose number is above the given one. */
    public Uni<List<TimelineView>> page(long jobId, long after, int limit) {
        return pool.preparedQuery(PAGE)
                .mapping(this::view)
                .execute(Tuple.of(jobId, after, limit))
                .map(rows -> rows.stream().toList());
    }

    private TimelineView view(Row row) {
        return new TimelineView(
                row.getLong("id"),
                instant(row, "at"),
                row.getString("kind"),
                row.getString("actor"),
                row.getString("sentence"),
                fields(row));
    }

    private JsonNode fields(Row row) {
        try {
            return json.readTree(row.getString("fields"));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("the column is JSON", impossible);
        }
    }
}
