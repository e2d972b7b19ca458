package io.hermes.orchestrator.plan;

import io.hermes.orchestrator.item.PlannedItem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Planning by several replicas, step by step, for tests that say themselves when something happens. */
@ApplicationScoped
public class PlanSteps {

    private static final Duration LONG = Duration.ofHours(1);

    private final Planner planner;
    private final PageCommit pages;
    private final Map<Integer, PlanClaim> claims = new ConcurrentHashMap<>();

    PlanSteps(Planner planner, PageCommit pages) {
        this.planner = planner;
        this.pages = pages;
    }

    /** No replica plans anything. */
    public void forget() {
        claims.clear();
    }

    /** A replica takes over a job that nobody plans; without one, it still believes in the claim it had. */
    public Uni<Void> claim(int replica) {
        return planner.claim()
                .invoke(claim -> claim.ifPresent(held -> claims.put(replica, held)))
                .replaceWithVoid();
    }

    /** A replica commits a page. */
    public Uni<Void> commit(int replica, List<PlannedItem> items, boolean last) {
        Optional<String> next = last ? Optional.empty() : Optional.of("token");
        return claimed(
                replica,
                claim -> pages.commit(claim, new PlannedPage(items, next, last)).replaceWithVoid());
    }

    /** The listing of a replica fails for good. */
    public Uni<Void> fail(int replica, String reason) {
        return claimed(replica, claim -> pages.fail(claim, reason).replaceWithVoid());
    }

    /** The listing of a replica meets an outage. */
    public Uni<Void> waits(int replica) {
        return claimed(
                replica,
                claim -> pages.waitFor(claim, LONG, "provider_unavailable", "down")
                        .replaceWithVoid());
    }

    private Uni<Void> claimed(int replica, Function<PlanClaim, Uni<Void>> step) {
        PlanClaim claim = claims.get(replica);
        return claim == null ? Uni.createFrom().voidItem() : step.apply(claim);
    }
}
