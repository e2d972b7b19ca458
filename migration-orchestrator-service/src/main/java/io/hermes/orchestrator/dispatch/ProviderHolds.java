package io.hermes.orchestrator.dispatch;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/**
 * Providers in trouble. Until one answers again it is sent one probing item per interval, from whichever job: a store that is down
 * does not cycle whole jobs through the broker.
 */
@ApplicationScoped
public class ProviderHolds {

    /** Passes only if every hold on the way is due, and then moves them all, so that one transaction gets the probe. */
    private static final String PROBE = """
            WITH held AS (
                SELECT provider_uuid, reason, retry_at FROM provider_holds
                 WHERE provider_uuid = ANY($1) ORDER BY provider_uuid FOR UPDATE),
            moved AS (
                UPDATE provider_holds h SET retry_at = clock_timestamp() + h.retry_after_ms * interval '1 millisecond'
                  FROM held WHERE h.provider_uuid = held.provider_uuid
                   AND NOT EXISTS (SELECT 1 FROM held early WHERE early.retry_at > now())
                RETURNING 1)
            SELECT (SELECT count(*) FROM held) AS held, (SELECT count(*) FROM moved) AS moved, (SELECT min(reason) FROM held) AS reason
            """;

    private static final String HOLD = """
            INSERT INTO provider_holds (provider_uuid, reason, retry_at, retry_after_ms)
            VALUES ($1, $2, clock_timestamp() + $3::bigint * interval '1 millisecond', $3)
            ON CONFLICT (provider_uuid) DO UPDATE
               SET reason = excluded.reason, retry_after_ms = excluded.retry_after_ms,
                   retry_at = greatest(provider_holds.retry_at, excluded.retry_at)
            """;

    private static final String CLEAR = "DELETE FROM provider_holds WHERE provider_uuid = ANY($1)";

    /** What a held provider lets through. */
    sealed interface Gate {

        /** Nobody holds it any more. */
        record Open() implements Gate {}

        /** One item, to see whether it answers. */
        record Probe(String reason) implements Gate {}

        /** Nothing before its time. */
        record Closed(String reason) implements Gate {}
    }

    /** Asks for a way through; {@link Gate.Probe} is given once per interval. */
    Uni<Gate> pass(SqlConnection tx, Collection<UUID> providers) {
        return tx.preparedQuery(PROBE)
                .execute(Tuple.of(providers.toArray(UUID[]::new)))
                .map(rows -> {
                    var row = rows.iterator().next();
                    if (row.getLong("held") == 0) {
                        return new Gate.Open();
                    }
                    return row.getLong("moved") > 0
                            ? new Gate.Probe(row.getString("reason"))
                            : new Gate.Closed(row.getString("reason"));
                });
    }

    /** Leaves a provider alone for a while. */
    public Uni<Void> hold(SqlConnection tx, UUID provider, String reason, Duration retryAfter) {
        return tx.preparedQuery(HOLD)
                .execute(Tuple.of(provider, reason, retryAfter.toMillis()))
                .replaceWithVoid();
    }

    /** These providers have answered. */
    public Uni<Void> clear(SqlConnection tx, Collection<UUID> providers) {
        if (providers.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(CLEAR)
                .execute(Tuple.of(providers.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    /** The gate of a job without holds. */
    static Uni<Gate> open() {
        return Uni.createFrom().item(new Gate.Open());
    }

    /** The reason that a gate gives, for the job's {@code statusReason}. */
    static Optional<String> reason(Gate gate) {
        return switch (gate) {
            case Gate.Open open -> Optional.empty();
            case Gate.Probe probe -> Optional.of(probe.reason());
            case Gate.Closed closed -> Optional.of(closed.reason());
        };
    }
}
