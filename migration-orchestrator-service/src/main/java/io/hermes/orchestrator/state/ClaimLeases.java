package io.hermes.orchestrator.state;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Keeps the leases of those who look after a job while they work: a step, a page of a listing, may last longer than a lease where a store may
 * be asked rarely. Whether a step has been committed is read where the lease is renewed: each commits another token.
 */
@ApplicationScoped
class ClaimLeases {

    private static final Logger LOG = Logger.getLogger(ClaimLeases.class);
    private static final int RENEWALS_PER_LEASE = 3;

    /**
     * One row and no other lock, so its place in the order of locks does not matter. Whoever takes a claim away raises the epoch or takes the
     * lease with it; if that happens while this waits for the row, PostgreSQL looks at the condition again. The database's clock is read
     * behind the wait.
     */
    private static final String RENEW = """
            UPDATE migration_job_progress
               SET planning_lease_until = clock_timestamp() + $3::bigint * interval '1 millisecond'
             WHERE job_id = $1 AND planning_epoch = $2 AND planning_lease_until IS NOT NULL
            RETURNING coalesce(listing_token, '') AS token
            """;

    private final Pool pool;
    private final Duration lease;
    private final Duration longestStep;

    @Inject
    ClaimLeases(@ReactiveDataSource("flow") Pool pool, MigrationSettings settings) {
        this(pool, settings.planning().lease(), settings.planning().longestStep());
    }

    ClaimLeases(Pool pool, Duration lease, Duration longestStep) {
        this.pool = pool;
        this.lease = lease;
        this.longestStep = longestStep;
    }

    /** No step was committed for too long. */
    static final class StepHangs extends RuntimeException {

        private static final long serialVersionUID = 1;

        private StepHangs(Duration longestStep) {
            super("no step has ended for " + longestStep);
        }
    }

    /**
     * The work, and for as long as it takes the lease on its job. Of work that hangs it is given up, and the work cancelled: fails with
     * {@link StepHangs} then. A renewal that finds the claim gone changes nothing: the next transaction of the work sees that too.
     */
    Uni<Void> keptDuring(Takeover.Claim claim, Uni<Void> work) {
        return Uni.combine().any().of(work, renewals(claim));
    }

    /** Until cancelled: never completes. */
    private Uni<Void> renewals(Takeover.Claim claim) {
        Progress progress = new Progress();
        return Multi.createFrom()
                .ticks()
                .startingAfter(beat())
                .every(beat())
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> renew(claim, progress))
                .onItem()
                .ignoreAsUni();
    }

    private Duration beat() {
        return lease.dividedBy(RENEWALS_PER_LEASE);
    }

    private Uni<Void> renew(Takeover.Claim claim, Progress progress) {
        if (progress.age().compareTo(longestStep) > 0) {
            return Uni.createFrom().failure(new StepHangs(longestStep));
        }
        return pool.preparedQuery(RENEW)
                .execute(Tuple.of(claim.jobId(), claim.epoch(), lease.toMillis()))
                .ifNoItem()
                .after(lease)
                .fail()
                .invoke(rows -> rows.forEach(row -> progress.seen(row.getString("token"))))
                .replaceWithVoid()
                .onFailure(Transactions::isTransient)
                .recoverWithUni(failure -> notRenewed(claim, failure));
    }

    /** The next beat tries again. */
    private static Uni<Void> notRenewed(Takeover.Claim claim, Throwable failure) {
        LOG.warnf("the lease on jobId=%d was not renewed: %s", claim.jobId(), failure);
        return Uni.createFrom().voidItem();
    }

    /** When a step was last seen to be committed, by this process's own clock. */
    private static final class Progress {
        private String token = "";
        private long since = System.nanoTime();

        void seen(String now) {
            if (!now.equals(token)) {
                token = now;
                since = System.nanoTime();
            }
        }

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - since);
        }
    }
}
