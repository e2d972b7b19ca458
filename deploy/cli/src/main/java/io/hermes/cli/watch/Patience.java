package io.hermes.cli.watch;

import java.time.Duration;

/**
 * How long to wait for an orchestrator that does not answer.
 *
 * @param interval between two looks at a job
 * @param firstPause before the first repetition; doubled with every further one
 * @param longestPause between two repetitions
 * @param limit after which the wait is given up
 */
public record Patience(Duration interval, Duration firstPause, Duration longestPause, Duration limit) {

    /** Redraws about every second, and bears an outage of so long. */
    public static Patience of(Duration limit) {
        return new Patience(Duration.ofMillis(800), Duration.ofMillis(500), Duration.ofSeconds(10), limit);
    }

    Duration after(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(longestPause) > 0 ? longestPause : doubled;
    }
}
