package io.hermes.edge.registry;

import io.hermes.contract.provider.BudgetLease;
import io.hermes.contract.provider.BudgetRequest;
import io.hermes.storage.Clockwork;
import io.hermes.storage.Pace;
import io.hermes.storage.Rates;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * What this process may use of one provider's budget. Its share is leased from the registry when it is needed, renewed at half of its validity
 * while it is used, and left to lapse when it is not; nothing is asked per request.
 *
 * <p>Without an answer of the registry, what was leased last goes on to hold, since nobody can be granted more meanwhile, for the grace time
 * at most. After that, and where there is nothing to go on with, whoever asks the store is sent away for a while, as from one that is not
 * there.
 */
public final class Budget {

    private static final Logger LOG = Logger.getLogger(Budget.class);

    /** Until the registry is asked again that did not answer. */
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** More than anybody waits, so that tasks leave their slots. */
    private static final Duration SENT_AWAY = Duration.ofSeconds(15);
    /** However short a lease is, the registry is not asked more often. */
    private static final Duration SHORTEST = Duration.ofMillis(100);

    private final Pace pace;
    private final Clockwork time;
    private final Function<BudgetRequest, Uni<BudgetLease>> registry;
    private final Duration grace;
    private boolean limited;
    private boolean asking;
    private boolean granted;
    private long heardAt;
    private long validUntil;
    private long round;
    /** Nobody renews the lease, or there is none: the next turn that is wanted asks. */
    private volatile boolean idle = true;

    /**
     * A budget that is not limited yet.
     *
     * @param registry leases a share; fails {@link RegistryUnavailable} or {@link ProviderUnknown}
     * @param grace how long a share is used at most without an answer of the registry
     */
    public Budget(Pace pace, Clockwork time, Function<BudgetRequest, Uni<BudgetLease>> registry, Duration grace) {
        this.pace = pace;
        this.time = time;
        this.registry = registry;
        this.grace = grace;
    }

    Pace pace() {
        return pace;
    }

    /** The provider's settings have been read, and say whether it has limits. Which, the next lease tells, which is asked for at once. */
    public void limited(boolean hasLimits) {
        if (hasLimits) {
            begin();
            ask();
        } else {
            end();
        }
    }

    private synchronized void begin() {
        if (!limited) {
            limited = true;
            pace.limit(Rates.NOTHING);
            pace.onTurn(this::wanted);
        }
    }

    private synchronized void end() {
        if (limited) {
            limited = false;
            granted = false;
            idle = true;
            round++;
            pace.onTurn(() -> {});
            pace.unlimit();
        }
    }

    /** Whether there is a share to give back; none is asked for any more, and nothing passes. */
    public synchronized boolean close() {
        boolean had = limited;
        limited = false;
        round++;
        pace.close();
        return had;
    }

    private void wanted() {
        if (idle) {
            ask();
        }
    }

    private void ask() {
        long askedAt;
        Rates need;
        synchronized (this) {
            if (asking || !limited) {
                return;
            }
            asking = true;
            idle = false;
            askedAt = time.nanoTime();
            need = pace.demand();
        }
        Uni.createFrom()
                .deferred(() -> registry.apply(new BudgetRequest(need.requestsPerSecond(), need.bytesPerSecond())))
                .subscribe()
                .with(lease -> answered(lease, askedAt), this::unanswered);
    }

    private synchronized void answered(BudgetLease lease, long askedAt) {
        asking = false;
        if (!limited) {
            return;
        }
        granted = true;
        heardAt = time.nanoTime();
        validUntil = askedAt + TimeUnit.MILLISECONDS.toNanos(lease.validForMillis());
        Rates rates = new Rates(perSecond(lease.requestsPerSecond()), perSecond(lease.bytesPerSecond()));
        pace.limit(rates);
        // Of nothing there is nothing to go on with: it is asked for again when the share of somebody else may be free.
        long half = rates.requestsPerSecond() > 0 && rates.bytesPerSecond() > 0 ? (validUntil - askedAt) / 2 : 0;
        lookAt(validUntil - half);
    }

    private static double perSecond(Double rate) {
        return rate == null ? Double.POSITIVE_INFINITY : Math.max(0, rate);
    }

    private synchronized void unanswered(Throwable failure) {
        asking = false;
        if (!limited) {
            return;
        }
        boolean goesOn =
                granted && !(failure instanceof ProviderUnknown) && time.nanoTime() - heardAt < grace.toNanos();
        if (goesOn) {
            LOG.debugf("the share of a budget is used on: %s", failure.getMessage());
            lookAt(time.nanoTime() + RETRY.toNanos());
        } else {
            LOG.warnf("there is no share of a budget: %s", failure.getMessage());
            lapse();
            pace.hold(SENT_AWAY);
        }
    }

    private void lookAt(long at) {
        long mine = ++round;
        time.after(Math.max(SHORTEST.toNanos(), at - time.nanoTime()), () -> look(mine));
    }

    private void look(long mine) {
        if (isDue(mine)) {
            ask();
        }
    }

    /** Whether the share is to be renewed. If not, it is left to lapse, unless somebody wants it before. */
    private synchronized boolean isDue(long mine) {
        if (mine != round || !limited) {
            return false;
        }
        if (pace.isInUse()) {
            return true;
        }
        if (time.nanoTime() - validUntil >= 0) {
            lapse();
        } else {
            idle = true;
            lookAt(validUntil);
        }
        return false;
    }

    private void lapse() {
        granted = false;
        idle = true;
        round++;
        pace.limit(Rates.NOTHING);
    }
}
