package io.hermes.contract.event;

import java.time.Instant;
import java.util.List;

/**
 * The value of a record on {@code hermes.migration-events}: everything a worker has to say since its last flush, in order.
 *
 * @param version version of the record's form, {@value #VERSION} at present
 * @param workerId the sender and the record's key; new at every start of a worker
 * @param sentAt the worker's clock, for people; no decision rests on it
 * @param events at least one
 */
public record EventBatch(int version, String workerId, Instant sentAt, List<MigrationEvent> events) {

    /** The version this code writes. A reader accepts this one and the one before. */
    public static final int VERSION = 1;

    public EventBatch {
        events = List.copyOf(events);
    }
}
