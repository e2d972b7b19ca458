package io.hermes.worker.report;

/** How busy the worker is, as heartbeats and metrics tell it. */
public interface SlotUse {

    /** Documents that can be transferred at once. */
    int slots();

    /** Documents that are being transferred. */
    int inFlight();

    /** Tasks that wait for a slot. */
    int waiting();
}
