package io.hermes.orchestrator.model;

import io.hermes.orchestrator.model.Command.Answer;
import java.util.Optional;

/** One document of one job (ARCHITECTURE §2: three numbers, leases, late success). */
public final class Document {

    public static final int MAX_ATTEMPTS = 2;
    static final String REVISION = "r1";
    static final String ANOTHER_REVISION = "r2";
    static final int MAX_DELIVERIES = 2;
    public static final long LISTED_BYTES = 10;
    public static final long COPIED_BYTES = 12;
    public static final int REQUESTS = 2;

    /** Where it stands, in the words of the specification's tables. */
    public enum At {
        PENDING,
        PENDING_QUEUED,
        PENDING_RETRY,
        PENDING_DEFERRED,
        IN_PROGRESS,
        COMPLETED,
        FAILED,
        SKIPPED;

        boolean closed() {
            return this == COMPLETED || this == FAILED || this == SKIPPED;
        }

        boolean inFlight() {
            return this == PENDING_QUEUED || this == IN_PROGRESS;
        }
    }

    /** Whether anybody has a lease on it, and whether that is over. */
    public enum Lease {
        NONE,
        HELD,
        LAPSED
    }

    final int number;
    Optional<String> revision;
    At at = At.PENDING;
    int epoch;
    int attempts;
    int deliveries;
    Lease lease = Lease.NONE;
    Optional<Broker.Ends> noted = Optional.empty();
    long bytes;
    Optional<String> code = Optional.empty();

    private Document(int number, Optional<String> revision, long bytes) {
        this.number = number;
        this.revision = revision;
        this.bytes = bytes;
    }

    static Document listed(int number) {
        return new Document(number, Optional.of(REVISION), LISTED_BYTES);
    }

    /** A listed name that cannot be a key: it has failed before it began, and is said so. */
    static Document rejected(int number) {
        Document document = new Document(number, Optional.empty(), 0);
        document.at = At.FAILED;
        document.code = Optional.of("KEY_INVALID");
        return document;
    }

    public int number() {
        return number;
    }

    public At at() {
        return at;
    }

    public int epoch() {
        return epoch;
    }

    public int attempts() {
        return attempts;
    }

    public long bytes() {
        return bytes;
    }

    /** As listed or last read; empty if the listing told none. */
    public Optional<String> revision() {
        return revision;
    }

    Document copy() {
        Document copy = new Document(number, revision, bytes);
        copy.at = at;
        copy.epoch = epoch;
        copy.attempts = attempts;
        copy.deliveries = deliveries;
        copy.lease = lease;
        copy.noted = noted;
        copy.code = code;
        return copy;
    }

    /** Every dispatch raises the epoch, which nothing else does. */
    void dispatched() {
        at = At.PENDING_QUEUED;
        epoch++;
        lease = Lease.HELD;
        noted = Optional.empty();
    }

    /** Nobody holds it; it waits as if it had never been dispatched. */
    void ready(At waiting) {
        at = waiting;
        lease = Lease.NONE;
        noted = Optional.empty();
    }

    void close(At end) {
        ready(end);
        code = Optional.empty();
    }

    void fail(String why) {
        ready(At.FAILED);
        code = Optional.of(why);
    }

    /** A retry gives all attempts back; the epoch goes on, so that nothing from before can count. */
    void retried() {
        ready(At.PENDING);
        attempts = 0;
        deliveries = 0;
        code = Optional.empty();
    }

    /** Whether an answer about this dispatch is about the present one. */
    boolean answers(int dispatch) {
        return dispatch == epoch && at.inFlight();
    }

    /** The revision of the source that was read. */
    static String revisionOf(Answer success) {
        return success == Answer.SUCCEEDED_ON_ANOTHER_REVISION ? ANOTHER_REVISION : REVISION;
    }

    /** A success of an older dispatch is evidence while the copy is still to be made, if it read the revision of the plan. */
    boolean accepts(Answer success, int dispatch) {
        boolean late = dispatch <= epoch && !at.closed() && revision.equals(Optional.of(revisionOf(success)));
        return answers(dispatch) || late;
    }
}
