package io.hermes.registry.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** The table's statements. */
@ApplicationScoped
class AuditRows implements PanacheRepositoryBase<AuditRow, Long> {

    private static final String ADD = """
            INSERT INTO audit_events (actor, action, target, target_name, outcome, status, code, state_before, state_after)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """;

    private final Pool pool;

    AuditRows(Pool pool) {
        this.pool = pool;
    }

    /** Within the caller's transaction. */
    Uni<AuditRow> add(AuditRow row) {
        return persistAndFlush(row);
    }

    /**
     * In a transaction of its own. Not by Hibernate, whose session belongs to the context of the request: a refusal may be told in
     * another one, such as that of a body which is too large.
     */
    Uni<Void> addAlone(AuditRow row) {
        return pool.preparedQuery(ADD)
                .execute(Tuple.tuple()
                        .addString(row.actor)
                        .addString(row.action)
                        .addString(row.target)
                        .addString(row.targetName)
                        .addString(row.outcome)
                        .addInteger(row.status)
                        .addString(row.code)
                        .addValue(json(row.stateBefore))
                        .addValue(json(row.stateAfter)))
                .replaceWithVoid();
    }

    private static JsonObject json(Map<String, JsonNode> state) {
        return state == null
                ? null
                : new JsonObject(
                        JsonNodeFactory.instance.objectNode().setAll(state).toString());
    }

    /** One more than asked for, if there are so many. */
    @WithSession
    Uni<List<AuditRow>> page(AuditFilter filter) {
        return find(filter.query(), filter.values()).page(0, filter.limit() + 1).list();
    }
}
