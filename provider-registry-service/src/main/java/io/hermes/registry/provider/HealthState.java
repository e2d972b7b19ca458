package io.hermes.registry.provider;

/**
 * What the looks at a store come to. One look does not change it, so that a store that stumbles neither flaps nor wakes anybody.
 *
 * @param status what is told of the store, {@code null} before the first look
 * @param worse looks in a row that were worse than that
 * @param better looks in a row that were better than that
 * @param failures looks in a row that did not reach the store
 */
public record HealthState(HealthStatus status, int worse, int better, int failures) {

    /**
     * With one more look of the schedule. A store that was not reached often enough in a row is unhealthy; one that looked worse than
     * healthy often enough is degraded; one that looked better often enough is what it looked like last.
     */
    HealthState after(HealthStatus seen, HealthSettings settings) {
        int failed = seen == HealthStatus.UNHEALTHY ? failures + 1 : 0;
        if (status == null) {
            return new HealthState(seen, 0, 0, failed);
        }
        int worsened = seen.compareTo(status) > 0 ? worse + 1 : 0;
        int improved = seen.compareTo(status) < 0 ? better + 1 : 0;
        HealthStatus next = next(seen, settings, failed, worsened, improved);
        return next == status
                ? new HealthState(status, worsened, improved, failed)
                : new HealthState(next, 0, 0, failed);
    }

    private HealthStatus next(HealthStatus seen, HealthSettings settings, int failed, int worsened, int improved) {
        if (failed >= settings.failures()) {
            return HealthStatus.UNHEALTHY;
        }
        if (status == HealthStatus.HEALTHY && worsened >= settings.slips()) {
            return HealthStatus.DEGRADED;
        }
        return improved >= settings.recoveries() ? seen : status;
    }

    /** With a look that somebody asked for: it counts at once. */
    HealthState asked(HealthStatus seen) {
        return new HealthState(seen, 0, 0, seen == HealthStatus.UNHEALTHY ? failures + 1 : 0);
    }
}
