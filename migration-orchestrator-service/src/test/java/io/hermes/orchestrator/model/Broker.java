package io.hermes.orchestrator.model;

/** The task topic as far as leases on queued tasks need it. */
final class Broker {

    private int incarnation;
    private long sent;

    /**
     * Where the topic ends.
     *
     * @param incarnation another one after the topic was deleted and made anew
     * @param offset so many tasks were sent to it
     */
    record Ends(int incarnation, long offset) {}

    Broker copy() {
        Broker copy = new Broker();
        copy.incarnation = incarnation;
        copy.sent = sent;
        return copy;
    }

    void sent() {
        sent++;
    }

    void recreated() {
        incarnation++;
        sent = 0;
    }

    Ends ends() {
        return new Ends(incarnation, sent);
    }
}
