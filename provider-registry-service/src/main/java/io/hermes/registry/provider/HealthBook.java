package io.hermes.registry.provider;

import io.hermes.storage.ProbeReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Who looks at which store, and what came of it. One look at a time counts for each store, however many replicas there are: beginning one
 * raises a number, and what comes back under an older number is dropped.
 */
@ApplicationScoped
public class HealthBook {

    private static final Logger LOG = Logger.getLogger(HealthBook.class);

    /** A look is over after its timeout, or whoever began it is dead. */
    private static final int TIMEOUTS_OF_A_LEASE = 3;

    private final HealthRows rows;
    private final HealthSettings settings;
    private final MeterRegistry meters;

    HealthBook(HealthRows rows, HealthSettings settings, MeterRegistry meters) {
        this.rows = rows;
        this.settings = settings;
        this.meters = meters;
    }

    /**
     * How a provider stands.
     *
     * @param provider its name
     * @param type its type
     * @param status what is told of it
     */
    public record Standing(String provider, String type, HealthStatus status) {}

    /** Begins the look that has been due for the longest time; empty if none is, or others are at them. Disabled providers have none. */
    public Uni<Optional<HealthLease>> takeDue() {
        return rows.takeDue(lease());
    }

    /** Begins a look at this provider for somebody who asked for it; a look of the schedule that is under way counts no more. */
    public Uni<Optional<HealthLease>> take(long provider) {
        return rows.take(provider, lease());
    }

    private Duration lease() {
        return settings.timeout().multipliedBy(TIMEOUTS_OF_A_LEASE);
    }

    /** Ends a look of the schedule. */
    public Uni<Boolean> settle(HealthLease lease, ProbeReport report) {
        HealthStatus seen = seen(report);
        return settle(lease, seen, lease.state().after(seen, settings), report);
    }

    /** Ends a look that somebody asked for: what it saw is what is told of the store. */
    public Uni<Boolean> settleAsked(HealthLease lease, ProbeReport report) {
        HealthStatus seen = seen(report);
        return settle(lease, seen, lease.state().asked(seen), report);
    }

    private Uni<Boolean> settle(HealthLease lease, HealthStatus seen, HealthState state, ProbeReport report) {
        HealthLook look =
                new HealthLook(seen, state, (int) HealthStatus.latency(report).toMillis(), Check.of(report));
        return rows.settle(lease, look, settings.interval())
                .invoke(settled -> {
                    if (settled.changed()) {
                        logChange(lease, settled.before(), look);
                    }
                })
                .map(HealthRows.Settled::counted);
    }

    private HealthStatus seen(ProbeReport report) {
        HealthStatus seen = HealthStatus.of(report);
        boolean slow = HealthStatus.latency(report).compareTo(settings.slow()) > 0;
        return seen == HealthStatus.HEALTHY && slow ? HealthStatus.DEGRADED : seen;
    }

    private void logChange(HealthLease lease, HealthStatus before, HealthLook look) {
        HealthStatus now = look.state().status();
        LOG.logf(
                now == HealthStatus.HEALTHY ? Logger.Level.INFO : Logger.Level.WARN,
                "provider=%s type=%s health=%s was=%s latency=%dms failures=%d %s",
                lease.name(),
                lease.type(),
                now.word(),
                before == null ? "unknown" : before.word(),
                look.latencyMs(),
                look.state().failures(),
                look.hint());
        Counter.builder("hermes.provider.health.changes")
                .description("changes of providers' health that this replica noticed, by what they became")
                .tag("status", now.word())
                .register(meters)
                .increment();
    }

    /** What is known besides the status. */
    public Uni<Optional<HealthDetail>> detail(long provider) {
        return details(List.of(provider)).map(details -> Optional.ofNullable(details.get(provider)));
    }

    /** The same of several providers, by number. */
    Uni<Map<Long, HealthDetail>> details(List<Long> providers) {
        return rows.details(providers);
    }

    /** The latest looks, newest first. */
    public Uni<HealthHistory> history(long provider, int limit) {
        return rows.history(provider, limit).map(looks -> new HealthHistory(looks, looks.size()));
    }

    /** Deletes looks that are older than is kept. */
    public Uni<Integer> purge() {
        return rows.purge(settings.history());
    }

    /** Whether one purge left more to do. */
    public static boolean more(int purged) {
        return purged == HealthRows.BATCH;
    }

    /** How every provider that is not disabled stands. */
    public Uni<List<Standing>> standings() {
        return rows.states();
    }
}
