package io.hermes.orchestrator.state;

import io.vertx.mutiny.sqlclient.Row;

/**
 * How many documents of a job stand where. The database holds their sum against {@code scanned} by a constraint.
 *
 * @param scanned documents that the plan holds
 * @param waiting to be dispatched now or later
 * @param queued dispatched, not yet started by a worker
 * @param inProgress started by a worker, or between the two halves of a move
 * @param migrated done
 * @param failed given up
 * @param skipped nothing had to be done
 */
public record Counters(
        long scanned, long waiting, long queued, long inProgress, long migrated, long failed, long skipped) {

    /** The counters of a progress row that was read with these columns. */
    public static Counters of(Row row) {
        return new Counters(
                row.getLong("scanned"),
                row.getLong("waiting"),
                row.getLong("queued"),
                row.getLong("in_progress"),
                row.getLong("migrated"),
                row.getLong("failed"),
                row.getLong("skipped"));
    }

    /** Documents that may still change. */
    public long open() {
        return waiting + inFlight();
    }

    /** Documents that a worker may have in its hands. */
    public long inFlight() {
        return queued + inProgress;
    }

    /** Documents that will not change any more. */
    public long closed() {
        return migrated + failed + skipped;
    }
}
