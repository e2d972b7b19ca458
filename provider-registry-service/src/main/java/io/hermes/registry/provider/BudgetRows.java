package io.hermes.registry.provider;

import io.hermes.contract.provider.BudgetRequest;
import io.hermes.registry.limit.Division;
import io.hermes.registry.limit.Grant;
import io.hermes.registry.limit.Holding;
import io.hermes.registry.limit.Limits;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * The statements about shares of providers' limits. Time is the database's, read after the lock is had: between two clocks, or before a
 * wait, a share that has ended could be taken for one that has not.
 */
@ApplicationScoped
class BudgetRows {

    /** Rows that one purge deletes at most. */
    static final int BATCH = 1000;

    /** Shares of one provider are granted one after the other, on whichever replica: what is left is known only to who holds this lock. */
    private static final String LOCK =
            "SELECT id, limits FROM provider_storage WHERE provider_uuid = $1 FOR NO KEY UPDATE";

    private static final String OTHERS = """
            WITH present AS MATERIALIZED (SELECT clock_timestamp() AS moment)
            SELECT present.moment, b.needed_requests, b.needed_bytes, b.requests, b.bytes, b.lease_until
              FROM present
              LEFT JOIN provider_budgets b ON b.provider_id = $1 AND b.holder <> $2 AND b.wanted_until > present.moment
            """;

    private static final String KEEP = """
            INSERT INTO provider_budgets AS b
                   (provider_id, holder, needed_requests, needed_bytes, requests, bytes, lease_until, wanted_until)
            VALUES ($1, $2, $3, $4, $5, $6, $7::timestamptz, greatest($7::timestamptz, $8::timestamptz))
            ON CONFLICT (provider_id, holder) DO UPDATE
               SET needed_requests = excluded.needed_requests, needed_bytes = excluded.needed_bytes, requests = excluded.requests,
                   bytes = excluded.bytes, lease_until = excluded.lease_until, wanted_until = excluded.wanted_until
            """;

    private static final String GIVE_BACK = """
            DELETE FROM provider_budgets b USING provider_storage p
             WHERE p.provider_uuid = $1 AND b.provider_id = p.id AND b.holder = $2
            """;

    /** Never waits for a row, so that it waits in no circle with the deletion of a provider. */
    private static final String PURGE = """
            DELETE FROM provider_budgets
             WHERE (provider_id, holder) IN (SELECT provider_id, holder FROM provider_budgets
                                              WHERE wanted_until <= clock_timestamp() LIMIT $1 FOR UPDATE SKIP LOCKED)
            """;

    private static final String STANDINGS = """
            SELECT p.provider_name, p.provider_type, p.limits, clock_timestamp() AS moment,
                   coalesce(sum(b.requests), 0) AS requests, coalesce(sum(b.bytes), 0) AS bytes
              FROM provider_storage p
              LEFT JOIN provider_budgets b ON b.provider_id = p.id AND b.lease_until > clock_timestamp()
             WHERE p.limits IS NOT NULL GROUP BY p.id
            """;

    private final Pool pool;

    BudgetRows(Pool pool) {
        this.pool = pool;
    }

    /** Grants the holder a share in the place of the one it has; fails 404 if there is no such provider. */
    Uni<Leased> lease(UUID provider, UUID holder, BudgetRequest need, Duration validity) {
        return pool.withTransaction(tx -> tx.preparedQuery(LOCK)
                .execute(Tuple.of(provider))
                .map(BudgetRows::only)
                .chain(row -> row.getJsonObject("limits") == null
                        ? Uni.createFrom().item(Leased.UNLIMITED)
                        : share(tx, row, new Asking(holder, need, validity))));
    }

    private static Row only(RowSet<Row> found) {
        if (found.size() == 0) {
            throw ProviderProblems.unknown();
        }
        return found.iterator().next();
    }

    private static Uni<Leased> share(SqlConnection tx, Row provider, Asking asking) {
        long id = provider.getLong("id");
        return tx.preparedQuery(OTHERS)
                .execute(Tuple.of(id, asking.holder))
                .map(others -> grant(limits(provider), others, asking))
                .call(leased -> tx.preparedQuery(KEEP).execute(kept(id, leased, asking)));
    }

    private static Leased grant(Limits limits, RowSet<Row> others, Asking asking) {
        Instant now = instant(others.iterator().next(), "moment");
        List<Holding> holdings = others.stream()
                .filter(row -> row.getOffsetDateTime("lease_until") != null)
                .map(BudgetRows::holding)
                .toList();
        return new Leased(now, new Division(limits, now, asking.validity).grant(asking.need, holdings));
    }

    private static Holding holding(Row row) {
        return new Holding(
                new BudgetRequest(row.getDouble("needed_requests"), row.getDouble("needed_bytes")),
                row.getDouble("requests"),
                row.getDouble("bytes"),
                instant(row, "lease_until"));
    }

    private static Tuple kept(long provider, Leased leased, Asking asking) {
        Grant grant = leased.grant;
        return Tuple.from(Arrays.asList(
                provider,
                asking.holder,
                asking.need.requestsPerSecond(),
                asking.need.bytesPerSecond(),
                grant.requestsPerSecond(),
                grant.bytesPerSecond(),
                grant.until().atOffset(ZoneOffset.UTC),
                leased.now.plus(asking.validity).atOffset(ZoneOffset.UTC)));
    }

    /** The holder has no share any more, if it had one. */
    Uni<Void> giveBack(UUID provider, UUID holder) {
        return pool.preparedQuery(GIVE_BACK).execute(Tuple.of(provider, holder)).replaceWithVoid();
    }

    /** Deletes shares that nobody is reckoned with for any more, a batch. */
    Uni<Integer> purge() {
        return pool.preparedQuery(PURGE).execute(Tuple.of(BATCH)).map(RowSet::rowCount);
    }

    /** What is allowed and granted of every provider that has limits. */
    Uni<List<Budgets.Standing>> standings() {
        return pool.query(STANDINGS)
                .execute()
                .map(rows -> rows.stream().map(BudgetRows::standing).toList());
    }

    private static Budgets.Standing standing(Row row) {
        Division division = new Division(limits(row), instant(row, "moment"), Duration.ZERO);
        return new Budgets.Standing(
                row.getString("provider_name"),
                row.getString("provider_type"),
                division.requests(),
                row.getDouble("requests"),
                division.bytes(),
                row.getDouble("bytes"));
    }

    private static Limits limits(Row row) {
        JsonObject stored = row.getJsonObject("limits");
        return new Limits(
                stored.getDouble("requestsPerSecond"),
                stored.getLong("bytesPerSecond"),
                stored.getJsonArray("windows").stream().map(String.class::cast).toList(),
                stored.getString("timeZone"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time.toInstant();
    }

    private record Asking(UUID holder, BudgetRequest need, Duration validity) {}

    /**
     * What came of a request for a share.
     *
     * @param now the database's time
     * @param grant {@code null} if the provider has no limits
     */
    record Leased(Instant now, Grant grant) {

        static final Leased UNLIMITED = new Leased(Instant.EPOCH, null);
    }
}
