package io.hermes.orchestrator.validate;

import io.hermes.edge.registry.OpenStore;
import io.hermes.edge.registry.ProviderUnknown;
import io.hermes.edge.registry.Stores;
import io.hermes.orchestrator.plan.Outage;
import io.hermes.orchestrator.plan.ReadAhead;
import io.hermes.orchestrator.state.MigrationSettings;
import io.hermes.orchestrator.state.Takeover;
import io.hermes.orchestrator.state.Takeovers;
import io.hermes.orchestrator.state.Transactions;
import io.hermes.orchestrator.state.ValidationDue;
import io.hermes.storage.StorageException;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Looks at the destinations of jobs whose documents are through: takes one over whenever this replica has room. */
@ApplicationScoped
public class Validator {

    private static final Logger LOG = Logger.getLogger(Validator.class);

    private final Transactions transactions;
    private final ValidationRows rows;
    private final Findings findings;
    private final Stores stores;
    private final MigrationSettings settings;
    private final Takeover<ValidationClaim> takeover;
    private final String owner = UUID.randomUUID().toString();

    Validator(
            Transactions transactions,
            ValidationRows rows,
            Findings findings,
            Stores stores,
            MigrationSettings settings,
            Takeovers takeovers) {
        this.transactions = transactions;
        this.rows = rows;
        this.findings = findings;
        this.stores = stores;
        this.settings = settings;
        this.takeover = takeovers.of("validating", this::claim, this::begin);
    }

    @Scheduled(every = "1s", identity = "validate", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tick() {
        takeover.signal();
        return Uni.createFrom().voidItem();
    }

    void due(@Observes ValidationDue event) {
        takeover.signal();
    }

    /** Takes a job that nobody looks after. */
    Uni<Optional<ValidationClaim>> claim() {
        return transactions.run(tx -> rows.claim(tx, owner));
    }

    private Uni<Void> begin(ValidationClaim claim) {
        LOG.infof("validating jobId=%d epoch=%d migrated=%d", claim.jobId(), claim.epoch(), claim.migrated());
        return validate(claim);
    }

    /** Looks until the end, an outage, or until the claim is lost. */
    Uni<Void> validate(ValidationClaim claim) {
        return stores.open(claim.destination())
                .chain(destination -> stepAfterStep(claim, pass(claim, destination)))
                .onFailure(failure -> !Transactions.isTransient(failure))
                .recoverWithUni(failure -> failed(claim, failure));
    }

    private Pass pass(ValidationClaim claim, OpenStore destination) {
        int pageSize = settings.planning().pageSize();
        return switch (claim.strategy()) {
            case COPY, MOVE, MIRROR ->
                new CopyPass(
                        claim,
                        new ReadAhead(destination.store()),
                        findings,
                        settings.validation().listAbove(),
                        pageSize);
            case VERIFY -> new ExtrasPass(claim, new ReadAhead(destination.store()), findings, pageSize);
        };
    }

    /** One after the other, however many there are: repeated rather than nested. */
    private static Uni<Void> stepAfterStep(ValidationClaim claim, Pass pass) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new Place(claim.stage().orElseGet(pass::first)), place -> place.step(pass))
                .until(place -> place.ended)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Where the look stands. */
    private static final class Place {
        private Stage stage;
        private boolean ended;

        Place(Stage stage) {
            this.stage = stage;
        }

        Uni<Place> step(Pass pass) {
            return pass.step(stage).map(next -> {
                stage = next.orElse(stage);
                ended = next.isEmpty();
                return this;
            });
        }
    }

    /** An outage is waited out. Whatever else keeps us from looking is not called a success. */
    private Uni<Void> failed(ValidationClaim claim, Throwable failure) {
        return Outage.of(failure)
                .map(outage -> waitFor(claim, outage))
                .orElseGet(() -> finish(claim, failure))
                .replaceWithVoid();
    }

    private Uni<Boolean> waitFor(ValidationClaim claim, Outage outage) {
        LOG.warnf("validating jobId=%d waits, %s: %s", claim.jobId(), outage.reason(), outage.error());
        Duration pause = outage.retryAfter().orElse(settings.planning().retryAfter());
        return findings.waitFor(claim, pause, outage.reason(), outage.error());
    }

    private Uni<Boolean> finish(ValidationClaim claim, Throwable failure) {
        LOG.errorf(failure, "validating jobId=%d failed", claim.jobId());
        return findings.finish(claim, Optional.of(reason(failure)));
    }

    private static String reason(Throwable failure) {
        return switch (failure) {
            case StorageException storage -> storage.getMessage();
            case ProviderUnknown unknown -> "The destination provider is not registered any more.";
            default ->
                "An error of ours (" + failure.getClass().getSimpleName()
                        + "). The log has the details under the job's id.";
        };
    }
}
