package io.hermes.orchestrator.plan;

import io.hermes.edge.registry.OpenStore;
import io.hermes.edge.registry.Stores;
import io.hermes.orchestrator.state.MigrationSettings;
import io.hermes.storage.document.PathTemplate;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
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

    /** That of this job, if it has one. A destination that cannot be opened is waited for when something is written to it. */
    Uni<Optional<Recall>> of(PlanClaim claim) {
        if (claim.recallsFrom().isEmpty()) {
            return nothing();
        }
        UUID destination = claim.recallsFrom().get();
        return copies.any(claim.source(), destination).chain(any -> any ? opened(claim, destination) : nothing());
    }

    private static Uni<Optional<Recall>> nothing() {
        return Uni.createFrom().item(Optional.empty());
    }

    private Uni<Optional<Recall>> opened(PlanClaim claim, UUID destination) {
        return stores.open(destination)
                .map(store -> Optional.of(recall(claim, destination, store)))
                .onFailure()
                .invoke(failure -> LOG.infof(
                        "planning jobId=%d without its destination's listing: %s", claim.jobId(), failure.getMessage()))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    private Recall recall(PlanClaim claim, UUID destination, OpenStore store) {
        DestinationListing listing = new DestinationListing(
                new ReadAhead(store.store()), settings.planning().pageSize());
        PathTemplate template = PathTemplate.of(store.provider().config());
        return new Recall(keys -> copies.of(claim.source(), destination, keys), listing, template);
    }
}
