package io.hermes.registry.provider;

import io.hermes.registry.outbox.ProviderOutbox;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The statements of health. Time is the database's, so that replicas need not agree about theirs. */
@ApplicationScoped
class HealthRows {

    /** Rows of one transaction of the purge. */
    static final int BATCH = 5000;

    private static final String LEASE_OF = """
            UPDATE provider_health h
               SET epoch = h.epoch + 1, lease_until = clock_timestamp() + $1::double precision * interval '1 second'
              FROM provider_storage p
             WHERE p.id = h.provider_id AND h.provider_id = %s
            RETURNING h.provider_id, h.epoch, h.worse, h.better, h.consecutive_failures,
                      p.provider_uuid, p.provider_name, p.provider_type, p.health_status
            """;

    private static final String TAKE_DUE = LEASE_OF.formatted("""
            (SELECT d.provider_id FROM provider_health d JOIN provider_storage s ON s.id = d.provider_id
              WHERE d.next_check <= clock_timestamp() AND s.status <> 'disabled'
                AND (d.lease_until IS NULL OR d.lease_until <= clock_timestamp())
              ORDER BY d.next_check LIMIT 1 FOR UPDATE OF d SKIP LOCKED)""");

    private static final String TAKE = LEASE_OF.formatted("$2");

    private static final String LOCK_PROVIDER =
            "SELECT health_status FROM provider_storage WHERE id = $1 FOR NO KEY UPDATE";

    private static final String SETTLE = """
            UPDATE provider_health h
               SET lease_until = NULL, worse = $3, better = $4, consecutive_failures = $5, checks = $6,
                   since = CASE WHEN p.health_status IS NOT DISTINCT FROM $7 THEN h.since ELSE clock_timestamp() END,
                   next_check = clock_timestamp() + $8::double precision * (0.9 + 0.2 * random()) * interval '1 second'
              FROM provider_storage p
             WHERE p.id = h.provider_id AND h.provider_id = $1 AND h.epoch = $2
            """;

    private static final String SHOW = """
            UPDATE provider_storage SET health_status = $2, health_latency_ms = $3, last_health_check = clock_timestamp() WHERE id = $1
            """;

    private static final String REMEMBER = """
            INSERT INTO provider_health_checks (provider_id, observed, health_status, latency_ms, hint) VALUES ($1, $2, $3, $4, $5)
            """;

    private static final String LOOK_UP =
            "SELECT provider_id, since, consecutive_failures, checks FROM provider_health WHERE provider_id = ANY($1)";

    private static final String HISTORY = """
            SELECT checked_at, observed, health_status, latency_ms, hint
              FROM provider_health_checks WHERE provider_id = $1 ORDER BY id DESC LIMIT $2
            """;

    private static final String PURGE = """
            DELETE FROM provider_health_checks WHERE id = ANY(ARRAY(SELECT id FROM provider_health_checks
             WHERE checked_at < clock_timestamp() - $1::double precision * interval '1 second' ORDER BY checked_at LIMIT $2))
            """;

    private static final String STATES =
            "SELECT provider_name, provider_type, health_status FROM provider_storage WHERE status <> 'disabled' AND health_status IS NOT NULL";

    private final Pool pool;
    private final ProviderOutbox outbox;

    HealthRows(Pool pool, ProviderOutbox outbox) {
        this.pool = pool;
        this.outbox = outbox;
    }

    /**
     * What became of a look.
     *
     * @param counted whether it still counted; if not, nothing has changed
     * @param before how the store was until then, {@code null} if nobody had looked at it
     * @param changed whether it is another now
     */
    record Settled(boolean counted, HealthStatus before, boolean changed) {

        private static final Settled DROPPED = new Settled(false, null, false);

        private static Settled of(HealthStatus before, HealthLook look) {
            return new Settled(true, before, look.state().status() != before);
        }
    }

    /** The store that has waited longest, if one is due and nobody is looking at it. */
    Uni<Optional<HealthLease>> takeDue(Duration lease) {
        return pool.preparedQuery(TAKE_DUE).execute(Tuple.of(seconds(lease))).map(HealthRows::lease);
    }

    /** This store now, whoever is looking at it: the result of the other look will be dropped. */
    Uni<Optional<HealthLease>> take(long provider, Duration lease) {
        return pool.preparedQuery(TAKE)
                .execute(Tuple.of(seconds(lease), provider))
                .map(HealthRows::lease);
    }

    /**
     * What a look came to. A change is told by the transaction that makes it, and it is a change of what the row says once it is locked: the
     * lease may know less, since it was taken without that lock.
     */
    Uni<Settled> settle(HealthLease lease, HealthLook look, Duration interval) {
        return pool.withTransaction(tx -> tx.preparedQuery(LOCK_PROVIDER)
                .execute(Tuple.of(lease.providerId()))
                .chain(locked -> tx.preparedQuery(SETTLE)
                        .execute(parameters(lease, look, interval))
                        .map(changed -> changed.rowCount() == 1 ? Settled.of(before(locked), look) : Settled.DROPPED))
                .call(settled -> settled.counted()
                        ? show(tx, lease, look)
                        : Uni.createFrom().voidItem())
                .call(settled -> settled.changed()
                        ? outbox.changed(tx, lease.providerId())
                        : Uni.createFrom().voidItem()));
    }

    private static HealthStatus before(RowSet<Row> locked) {
        return HealthStatus.ofWord(rows(locked).getFirst().getString("health_status"));
    }

    private static Tuple parameters(HealthLease lease, HealthLook look, Duration interval) {
        HealthState state = look.state();
        return Tuple.tuple()
                .addLong(lease.providerId())
                .addLong(lease.epoch())
                .addInteger(state.worse())
                .addInteger(state.better())
                .addInteger(state.failures())
                .addValue(json(look.checks()))
                .addString(state.status().word())
                .addDouble(seconds(interval));
    }

    private static Uni<?> show(SqlConnection tx, HealthLease lease, HealthLook look) {
        String status = look.state().status().word();
        return tx.preparedQuery(SHOW)
                .execute(Tuple.of(lease.providerId(), status, look.latencyMs()))
                .chain(() -> tx.preparedQuery(REMEMBER)
                        .execute(Tuple.of(
                                lease.providerId(), look.seen().word(), status, look.latencyMs(), look.hint())));
    }

    Uni<Map<Long, HealthDetail>> details(List<Long> providers) {
        return pool.preparedQuery(LOOK_UP)
                .execute(Tuple.tuple().addArrayOfLong(providers.toArray(Long[]::new)))
                .map(rows -> rows(rows).stream()
                        .collect(Collectors.toMap(row -> row.getLong("provider_id"), HealthRows::detail)));
    }

    private static HealthDetail detail(Row row) {
        return new HealthDetail(
                row.getOffsetDateTime("since").toInstant(),
                row.getInteger("consecutive_failures"),
                checks(row.getJsonArray("checks")));
    }

    Uni<List<HealthHistory.Look>> history(long provider, int limit) {
        return pool.preparedQuery(HISTORY)
                .execute(Tuple.of(provider, limit))
                .map(rows -> rows(rows).stream()
                        .map(row -> new HealthHistory.Look(
                                row.getOffsetDateTime("checked_at").toInstant(),
                                HealthStatus.ofWord(row.getString("observed")),
                                HealthStatus.ofWord(row.getString("health_status")),
                                row.getInteger("latency_ms"),
                                row.getString("hint")))
                        .toList());
    }

    /** How many were deleted, {@link #BATCH} at most. */
    Uni<Integer> purge(Duration olderThan) {
        return pool.preparedQuery(PURGE)
                .execute(Tuple.of(seconds(olderThan), BATCH))
                .map(RowSet::rowCount);
    }

    Uni<List<HealthBook.Standing>> states() {
        return pool.query(STATES)
                .execute()
                .map(rows -> rows(rows).stream()
                        .map(row -> new HealthBook.Standing(
                                row.getString("provider_name"),
                                row.getString("provider_type"),
                                HealthStatus.ofWord(row.getString("health_status"))))
                        .toList());
    }

    private static Optional<HealthLease> lease(RowSet<Row> taken) {
        return rows(taken).stream()
                .findFirst()
                .map(row -> new HealthLease(
                        row.getLong("provider_id"),
                        row.getUUID("provider_uuid"),
                        row.getString("provider_name"),
                        row.getString("provider_type"),
                        row.getLong("epoch"),
                        new HealthState(
                                HealthStatus.ofWord(row.getString("health_status")),
                                row.getInteger("worse"),
                                row.getInteger("better"),
                                row.getInteger("consecutive_failures"))));
    }

    private static List<Row> rows(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).toList();
    }

    static JsonArray json(List<Check> checks) {
        JsonArray array = new JsonArray();
        checks.forEach(check -> array.add(new JsonObject()
                .put("name", check.name())
                .put("status", check.status())
                .put("latencyMs", check.latencyMs())
                .put("hint", check.hint())));
        return array;
    }

    private static List<Check> checks(JsonArray stored) {
        return stored.stream()
                .map(JsonObject.class::cast)
                .map(check -> new Check(
                        check.getString("name"),
                        check.getString("status"),
                        check.getLong("latencyMs"),
                        check.getString("hint")))
                .toList();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
