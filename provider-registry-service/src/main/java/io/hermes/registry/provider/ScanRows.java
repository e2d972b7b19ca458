package io.hermes.registry.provider;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** The statements of a scan. Time is the database's; the row of the provider is locked first, as it is by whoever claims or releases. */
@ApplicationScoped
class ScanRows {

    private static final String COLUMNS =
            "p.id, p.provider_uuid, p.provider_name, p.provider_type, p.document_count, p.total_size_bytes, p.quota";

    private static final String LOCK =
            "SELECT " + COLUMNS + " FROM provider_storage p WHERE p.id = $1 FOR NO KEY UPDATE";

    /** A store that a job writes to can wait: counted without it, it is counted exactly. */
    private static final String LOCK_DUE = "SELECT " + COLUMNS + """
             FROM provider_storage p LEFT JOIN provider_scans s ON s.provider_id = p.id
             WHERE p.status <> 'disabled' AND (s.next_scan IS NULL OR s.next_scan <= clock_timestamp())
               AND (s.lease_until IS NULL OR s.lease_until <= clock_timestamp())
               AND NOT EXISTS (SELECT 1 FROM provider_claims c
                                WHERE c.provider_id = p.id AND c.role = 'destination' AND c.released_at IS NULL)
             ORDER BY s.next_scan NULLS FIRST, p.id LIMIT 1 FOR NO KEY UPDATE OF p SKIP LOCKED
            """;

    private static final String BEGIN = """
            INSERT INTO provider_scans AS s (provider_id, epoch, started_at, lease_until)
            VALUES ($1, 1, clock_timestamp(), clock_timestamp() + $2::double precision * interval '1 second')
            ON CONFLICT (provider_id) DO UPDATE
               SET epoch = s.epoch + 1, started_at = excluded.started_at, lease_until = excluded.lease_until, ended_at = NULL,
                   outcome = NULL, hint = '', seen_documents = 0, seen_bytes = 0, seen_others = 0, disturbed = FALSE,
                   released_documents = 0, released_bytes = 0
             WHERE s.lease_until IS NULL OR s.lease_until <= clock_timestamp()
            RETURNING epoch
            """;

    private static final String PROGRESS = """
            UPDATE provider_scans
               SET seen_documents = $3, seen_bytes = $4, seen_others = $5,
                   lease_until = clock_timestamp() + $6::double precision * interval '1 second'
             WHERE provider_id = $1 AND epoch = $2 AND lease_until IS NOT NULL
            """;

    private static final String END = """
            UPDATE provider_scans s
               SET lease_until = NULL, ended_at = clock_timestamp(), outcome = $3, hint = $4,
                   next_scan = clock_timestamp() + $5::double precision * (0.9 + 0.2 * random()) * interval '1 second'
             WHERE s.provider_id = $1 AND s.epoch = $2 AND s.lease_until IS NOT NULL
            """;

    private static final String COUNTED = """
            UPDATE provider_scans s
               SET counted_at = s.ended_at, distribution = $2,
                   exact = NOT s.disturbed AND NOT EXISTS (SELECT 1 FROM provider_claims c
                            WHERE c.provider_id = s.provider_id AND c.role = 'destination' AND c.released_at IS NULL)
             WHERE s.provider_id = $1
            """;

    /** What jobs brought meanwhile is added, seen or not: better a document twice than none. */
    private static final String SHOW = """
            UPDATE provider_storage p
               SET document_count = s.seen_documents + s.released_documents, total_size_bytes = s.seen_bytes + s.released_bytes,
                   statistics_as_of = s.counted_at
              FROM provider_scans s
             WHERE p.id = $1 AND s.provider_id = p.id
            RETURNING p.document_count, p.total_size_bytes
            """;

    private final Pool pool;

    ScanRows(Pool pool) {
        this.pool = pool;
    }

    /** Begins a scan of this provider; empty if one is under way, or the provider is gone. */
    Uni<Optional<ScanLease>> take(long provider, Duration lease) {
        return pool.withTransaction(
                tx -> tx.preparedQuery(LOCK).execute(Tuple.of(provider)).chain(locked -> begin(tx, locked, lease)));
    }

    /** Begins the scan that has been due for the longest time; empty if none is. */
    Uni<Optional<ScanLease>> takeDue(Duration lease) {
        return pool.withTransaction(tx -> tx.query(LOCK_DUE).execute().chain(locked -> begin(tx, locked, lease)));
    }

    private static Uni<Optional<ScanLease>> begin(SqlConnection tx, RowSet<Row> locked, Duration lease) {
        if (locked.size() == 0) {
            return Uni.createFrom().item(Optional.empty());
        }
        Row provider = locked.iterator().next();
        return tx.preparedQuery(BEGIN)
                .execute(Tuple.of(provider.getLong("id"), seconds(lease)))
                .map(begun -> begun.stream()
                        .findFirst()
                        .map(scan -> new ScanLease(
                                provider.getLong("id"),
                                provider.getUUID("provider_uuid"),
                                provider.getString("provider_name"),
                                provider.getString("provider_type"),
                                scan.getLong("epoch"))));
    }

    /**
     * Notes how far a scan has come, and renews its lease.
     *
     * @return whether it still counts
     */
    Uni<Boolean> progress(ScanLease scan, Tally tally, Duration lease) {
        return pool.preparedQuery(PROGRESS).execute(seen(scan, tally, lease)).map(changed -> changed.rowCount() == 1);
    }

    private static Tuple seen(ScanLease scan, Tally tally, Duration lease) {
        return Tuple.of(
                scan.providerId(), scan.epoch(), tally.documents(), tally.bytes(), tally.others(), seconds(lease));
    }

    /**
     * Puts what was seen in the place of the counters.
     *
     * @return what has changed; empty if the scan counts no more, and then nothing has
     */
    Uni<Optional<Counted>> settle(ScanLease scan, Tally tally, Duration lease, Optional<Duration> interval) {
        return pool.withTransaction(tx -> tx.preparedQuery(LOCK)
                .execute(Tuple.of(scan.providerId()))
                .call(() -> tx.preparedQuery(PROGRESS).execute(seen(scan, tally, lease)))
                .chain(locked -> tx.preparedQuery(END)
                        .execute(ended(scan, "counted", "", interval))
                        .chain(ended -> ended.rowCount() == 1
                                ? show(tx, locked.iterator().next(), tally).map(Optional::of)
                                : Uni.createFrom().item(Optional.empty()))));
    }

    private static Uni<Counted> show(SqlConnection tx, Row provider, Tally tally) {
        long id = provider.getLong("id");
        return tx.preparedQuery(COUNTED)
                .execute(Tuple.of(id, StatisticsRows.json(tally.shares())))
                .chain(() -> tx.preparedQuery(SHOW).execute(Tuple.of(id)))
                .map(shown -> new Counted(
                        provider.getString("provider_name"),
                        provider.getString("provider_type"),
                        StatisticsRows.quota(provider),
                        amount(provider),
                        amount(shown.iterator().next())));
    }

    private static Amount amount(Row row) {
        return new Amount(row.getLong("document_count"), row.getLong("total_size_bytes"));
    }

    /** Ends a scan that saw not everything; the counters stay. */
    Uni<Boolean> fail(ScanLease scan, String hint, Optional<Duration> interval) {
        return pool.preparedQuery(END)
                .execute(ended(scan, "failed", hint, interval))
                .map(changed -> changed.rowCount() == 1);
    }

    private static Tuple ended(ScanLease scan, String outcome, String hint, Optional<Duration> interval) {
        return Tuple.of(
                scan.providerId(),
                scan.epoch(),
                outcome,
                hint,
                interval.map(ScanRows::seconds).orElse(null));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
