package io.hermes.orchestrator.model;

import java.util.Optional;

/** The planning of a job: owned by one replica at a time, fenced by an epoch, resumed by another. */
final class Listing {

    static final int REPLICAS = 2;

    boolean done;
    private int epoch;
    private Document.Lease lease = Document.Lease.NONE;
    private boolean waits;
    private final int[] epochs = new int[REPLICAS];

    Listing copy() {
        Listing copy = new Listing();
        copy.done = done;
        copy.epoch = epoch;
        copy.lease = lease;
        copy.waits = waits;
        System.arraycopy(epochs, 0, copy.epochs, 0, REPLICAS);
        return copy;
    }

    /** Takes the planning over if nobody has it. */
    boolean claim(int replica, boolean active) {
        if (!active || done || waits || lease == Document.Lease.HELD) {
            return false;
        }
        epoch++;
        epochs[replica] = epoch;
        lease = Document.Lease.HELD;
        return true;
    }

    /** Whether what this replica has listed counts. */
    boolean ownedBy(int replica) {
        return epochs[replica] == epoch && epoch > 0 && !done;
    }

    void advanced(boolean last) {
        done = last;
        waits = false;
        lease = last ? Document.Lease.NONE : Document.Lease.HELD;
    }

    void waits() {
        waits = true;
        lease = Document.Lease.NONE;
    }

    void due() {
        waits = false;
    }

    void released() {
        lease = Document.Lease.NONE;
    }

    void lapses() {
        lease = lease == Document.Lease.HELD ? Document.Lease.LAPSED : lease;
    }

    Optional<Integer> claimOf(int replica) {
        return epochs[replica] == 0 ? Optional.empty() : Optional.of(epochs[replica]);
    }

    @Override
    public String toString() {
        return (done ? "done" : "open") + " epoch " + epoch + " lease " + lease + (waits ? " waits" : "");
    }
}
