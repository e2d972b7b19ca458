package io.hermes.orchestrator.plan;

import io.hermes.edge.registry.Stores;
import io.hermes.orchestrator.item.DocumentLists;
import io.hermes.orchestrator.state.MigrationSettings;
import io.hermes.orchestrator.state.Takeover;
import io.hermes.orchestrator.state.Takeovers;
import io.hermes.orchestrator.state.Transactions;
import io.hermes.orchestrator.state.WorkReady;
import io.hermes.storage.DocumentStore;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Plans started jobs: takes one over whenever this replica has room, and lists it to its end. */
@ApplicationScoped
public class Planner {

    private static final Logger LOG = Logger.getLogger(Planner.class);

    private final Transactions transactions;
    private final PlanningRows planning;
    private final PageCommit pages;
    private final Stores stores;
    private final DocumentLists lists;
    private final Recalls recalls;
    private final MigrationSettings settings;
    private final Event<WorkReady> ready;
    private final Takeover<PlanClaim> takeover;
    private final String owner = UUID.randomUUID().toString();

    Planner(
            Transactions transactions,
            PlanningRows planning,
            PageCommit pages,
            Stores stores,
            DocumentLists lists,
            Recalls recalls,
            MigrationSettings settings,
            Event<WorkReady> ready,
            Takeovers takeovers) {
        this.transactions = transactions;
        this.planning = planning;
        this.pages = pages;
        this.stores = stores;
        this.lists = lists;
        this.recalls = recalls;
        this.settings = settings;
        this.ready = ready;
        this.takeover = takeovers.of("planning", this::claim, this::begin);
    }

    /** A job may be waiting for its plan: look now rather than at the next tick. */
    public void signal() {
        takeover.signal();
    }

    @Scheduled(every = "1s", identity = "plan", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tick() {
        takeover.signal();
        return Uni.createFrom().voidItem();
    }

    /** Takes a job that nobody plans. */
    Uni<Optional<PlanClaim>> claim() {
        return transactions.run(tx -> planning.claim(tx, owner));
    }

    private Uni<Void> begin(PlanClaim claim) {
        LOG.infof("planning jobId=%d epoch=%d scanned=%d", claim.jobId(), claim.epoch(), claim.scanned());
        return plan(claim);
    }

    /** Lists a claimed job to its end, to an outage, or until the claim is lost. */
    Uni<Void> plan(PlanClaim claim) {
        return stores.open(claim.source())
                .chain(source -> planning(claim, new ReadAhead(source.store())))
                .chain(work -> pageAfterPage(claim, work))
                .onFailure(failure -> !Transactions.isTransient(failure))
                .recoverWithUni(failure -> failed(claim, failure));
    }

    private Uni<Planning> planning(PlanClaim claim, DocumentStore store) {
        return recalls.of(claim)
                .chain(recall -> pages.found(claim).map(found -> planning(claim, store, recall, found)));
    }

    private Planning planning(PlanClaim claim, DocumentStore store, Optional<Recall> recall, Set<UUID> found) {
        Set<UUID> missing = new HashSet<>(claim.documentUuids());
        missing.removeAll(found);
        WantedDocuments wanted = new WantedDocuments(claim.source(), store, missing);
        return new Planning(
                claim, store, wanted, lists, recall, settings.planning().pageSize());
    }

    /** One after the other, however many there are: repeated rather than nested. */
    private Uni<Void> pageAfterPage(PlanClaim claim, Planning work) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new Place(claim), place -> next(claim, work, place))
                .until(Place::ended)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Place> next(PlanClaim claim, Planning work, Place place) {
        return work.page(place.token, place.scanned)
                .chain(page -> pages.commit(claim, page).map(added -> place.moveOn(page, added)))
                .invoke(() -> ready.fire(WorkReady.of(claim.jobId())));
    }

    /** Where the listing stands. */
    private static final class Place {
        private Optional<String> token;
        private long scanned;
        private boolean ended;

        Place(PlanClaim claim) {
            this.token = claim.token();
            this.scanned = claim.scanned();
        }

        Place moveOn(PlannedPage page, OptionalLong added) {
            token = page.next();
            scanned += added.orElse(0);
            ended = page.done() || added.isEmpty();
            return this;
        }

        boolean ended() {
            return ended;
        }
    }

    private Uni<Void> failed(PlanClaim claim, Throwable failure) {
        boolean atBeginning = claim.atBeginning();
        return switch (ListingFailure.of(failure, atBeginning)) {
            case ListingFailure.Wait(Outage outage) -> {
                LOG.warnf("planning jobId=%d waits, %s: %s", claim.jobId(), outage.reason(), outage.error());
                Duration pause = outage.retryAfter().orElse(settings.planning().retryAfter());
                yield pages.waitFor(claim, pause, outage.reason(), outage.error())
                        .replaceWithVoid();
            }
            case ListingFailure.Fatal fatal -> {
                LOG.errorf(failure, "planning jobId=%d failed: %s", claim.jobId(), fatal.reason());
                yield pages.fail(claim, fatal.reason()).replaceWithVoid();
            }
        };
    }
}
