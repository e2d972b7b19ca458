package io.hermes.orchestrator.dispatch;

import io.hermes.orchestrator.state.LockedJob;
import io.hermes.orchestrator.state.MigrationSettings;

/**
 * How many documents of a job are handed out at once. Enough that slots never idle while answers are on their way, little enough
 * that a cancel is quick and other jobs get their turn.
 */
final class Window {

    /** What a slow start measures must not narrow the window: with little in flight, slots idle and the rate stays low. */
    private static final int AT_LEAST = 256;

    private static final int TIMES_CONCURRENCY = 4;
    private static final double MILLIS = 1000.0;

    private Window() {}

    /** Documents that may be in flight: what the job demands, else what it does in one round through the loop. */
    static int of(LockedJob job, MigrationSettings.Dispatch settings) {
        return job.terms().dispatchWindow().orElseGet(() -> sized(job, settings));
    }

    /** Documents that may be dispatched now. */
    static int room(LockedJob job, MigrationSettings.Dispatch settings) {
        return (int) Math.max(0, of(job, settings) - job.counters().inFlight());
    }

    private static int sized(LockedJob job, MigrationSettings.Dispatch settings) {
        double round = job.rate() * settings.loopTime().toMillis() / MILLIS;
        int atLeast = Math.max(TIMES_CONCURRENCY * job.terms().concurrency(), AT_LEAST);
        return (int) Math.min(settings.maxWindow(), Math.max(Math.ceil(round), atLeast));
    }
}
