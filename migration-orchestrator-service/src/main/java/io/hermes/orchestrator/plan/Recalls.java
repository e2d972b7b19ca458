package io.hermes.orchestrator.plan;

import io.hermes.edge.registry.OpenStore;
import io.hermes.edge.registry.Stores;
import io.hermes.orchestrator.state.MigrationSettings;
import io.hermes.storage.document.PathTemplate;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Makes the {@link Recall} of a job that may rely on what earlier ones have proven, if there is anything to rely on. */
@ApplicationScoped
class Recalls {

    private static final Logger LOG = Logger.getLogger(Recalls.class);

    private final RememberedCopies copies;
    private final Stores stores;
    private final MigrationSettings settings;

    Recalls(RememberedCopies copies, Stores stores, MigrationSettings settings) {
        this.copies = copies;
        this.stores = stores;
        this.settings = settings;
    }

    /** What every page of the job's plan goes through. A destination that cannot be opened is waited for when something is written to it. */
    Uni<Function<PlannedPage, Uni<PlannedPage>>> of(PlanClaim claim) {
        if (claim.recallsFrom().isEmpty()) {
            return Uni.createFrom().item(() -> Recalls::asItIs);
        }
        UUID destination = claim.recallsFrom().get();
        return copies.any(claim.source(), destination)
                .chain(any ->
                        any ? opened(claim, destination) : Uni.createFrom().item(() -> Recalls::asItIs));
    }

    private Uni<Function<PlannedPage, Uni<PlannedPage>>> opened(PlanClaim claim, UUID destination) {
        return stores.open(destination)
                .map(store -> recall(claim, destination, store))
                .onFailure()
                .recoverWithUni(failure -> none(claim, failure));
    }

    private static Uni<Function<PlannedPage, Uni<PlannedPage>>> none(PlanClaim claim, Throwable failure) {
        LOG.infof("planning jobId=%d without its destination's listing: %s", claim.jobId(), failure.getMessage());
        return Uni.createFrom().item(() -> Recalls::asItIs);
    }

    private Function<PlannedPage, Uni<PlannedPage>> recall(PlanClaim claim, UUID destination, OpenStore store) {
        PathTemplate template = Optional.ofNullable(store.provider().config().get(PathTemplate.SETTING))
                .map(PathTemplate::parse)
                .orElse(PathTemplate.DEFAULT);
        DestinationListing listing = new DestinationListing(
                new ReadAhead(store.store()), settings.planning().pageSize());
        return new Recall(keys -> copies.of(claim.source(), destination, keys), listing, template)::of;
    }

    private static Uni<PlannedPage> asItIs(PlannedPage page) {
        return Uni.createFrom().item(page);
    }
}
