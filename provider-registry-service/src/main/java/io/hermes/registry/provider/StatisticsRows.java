package io.hermes.registry.provider;

import io.hermes.contract.provider.ClaimRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The statements that only read what was counted. */
@ApplicationScoped
class StatisticsRows {

    private static final String LAST_SCAN = """
            SELECT started_at, ended_at, coalesce(outcome, CASE WHEN lease_until > clock_timestamp() THEN 'running' ELSE 'interrupted' END)
                   AS state, seen_documents, seen_bytes, seen_others, hint, counted_at, coalesce(exact, FALSE) AS exact, distribution
              FROM provider_scans WHERE provider_id = $1
            """;

    private static final String USERS = """
            SELECT job_uuid, job_name, role, claimed_at, count(*) OVER () AS jobs
              FROM provider_claims WHERE provider_id = $1 AND released_at IS NULL ORDER BY claimed_at, job_uuid LIMIT 100
            """;

    private static final String OVERVIEW = """
            SELECT provider_type, status, count(*) AS providers, coalesce(sum(document_count), 0)::bigint AS documents,
                   coalesce(sum(total_size_bytes), 0)::bigint AS bytes
              FROM provider_storage GROUP BY GROUPING SETS ((provider_type), (status), ()) ORDER BY 1, 2
            """;

    private static final String STANDINGS = """
            SELECT provider_name, provider_type, document_count, total_size_bytes, quota FROM provider_storage
            """;

    private final Pool pool;

    StatisticsRows(Pool pool) {
        this.pool = pool;
    }

    Uni<LastScan> lastScan(long provider) {
        return pool.preparedQuery(LAST_SCAN)
                .execute(Tuple.of(provider))
                .map(rows ->
                        rows.stream().findFirst().map(StatisticsRows::lastScan).orElse(LastScan.NONE));
    }

    private static LastScan lastScan(Row row) {
        return new LastScan(
                Optional.ofNullable(instant(row, "started_at")).map(started -> scan(row, started)),
                instant(row, "counted_at"),
                row.getBoolean("exact"),
                row.getJsonArray("distribution").stream()
                        .map(JsonObject.class::cast)
                        .map(share -> new Share(
                                share.getString("extension"), share.getLong("documents"), share.getLong("bytes")))
                        .toList());
    }

    private static ScanView scan(Row row, Instant started) {
        return new ScanView(
                ScanView.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                started,
                instant(row, "ended_at"),
                row.getLong("seen_documents"),
                row.getLong("seen_bytes"),
                row.getLong("seen_others"),
                row.getString("hint"));
    }

    static JsonArray json(List<Share> shares) {
        JsonArray array = new JsonArray();
        shares.forEach(share -> array.add(new JsonObject()
                .put("extension", share.extension())
                .put("documents", share.documents())
                .put("bytes", share.bytes())));
        return array;
    }

    Uni<Usage> usage(long provider) {
        return pool.preparedQuery(USERS).execute(Tuple.of(provider)).map(rows -> {
            List<Row> users = rows.stream().toList();
            return new Usage(
                    users.isEmpty() ? 0 : users.get(0).getLong("jobs"),
                    users.stream().map(StatisticsRows::user).toList());
        });
    }

    private static Usage.Claim user(Row row) {
        return new Usage.Claim(
                row.getUUID("job_uuid"),
                row.getString("job_name"),
                ClaimRequest.Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                instant(row, "claimed_at"));
    }

    Uni<StatisticsOverview> overview() {
        return pool.query(OVERVIEW).execute().map(rows -> overview(rows.stream().toList()));
    }

    private static StatisticsOverview overview(List<Row> rows) {
        StatisticsOverview.Sum all = rows.stream()
                .filter(row -> row.getString("provider_type") == null && row.getString("status") == null)
                .map(row -> group(row, ""))
                .findFirst()
                .orElseThrow();
        return new StatisticsOverview(
                all.providers(),
                all.documentCount(),
                all.totalSizeBytes(),
                groups(rows, "provider_type"),
                groups(rows, "status"));
    }

    private static List<StatisticsOverview.Sum> groups(List<Row> rows, String column) {
        return rows.stream()
                .filter(row -> row.getString(column) != null)
                .map(row -> group(row, row.getString(column)))
                .toList();
    }

    private static StatisticsOverview.Sum group(Row row, String name) {
        return new StatisticsOverview.Sum(
                name, row.getLong("providers"), row.getLong("documents"), row.getLong("bytes"));
    }

    /** Every provider's counters. */
    Uni<List<Statistics.Standing>> standings() {
        return pool.query(STANDINGS)
                .execute()
                .map(rows -> rows.stream().map(StatisticsRows::standing).toList());
    }

    private static Statistics.Standing standing(Row row) {
        Amount held = new Amount(row.getLong("document_count"), row.getLong("total_size_bytes"));
        Optional<Quota> quota = Optional.ofNullable(quota(row));
        return new Statistics.Standing(
                row.getString("provider_name"),
                row.getString("provider_type"),
                held.documents(),
                held.bytes(),
                quota.map(Quota::maxBytes),
                quota.map(limit -> limit.used(held)));
    }

    /** {@code null} if there is none. */
    static Quota quota(Row row) {
        JsonObject stored = row.getJsonObject("quota");
        return stored == null
                ? null
                : new Quota(
                        stored.getLong("maxDocuments"), stored.getLong("maxBytes"), stored.getInteger("warnPercent"));
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column) == null
                ? null
                : row.getOffsetDateTime(column).toInstant();
    }
}
