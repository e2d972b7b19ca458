package io.hermes.orchestrator.validate;

import io.hermes.edge.registry.OpenStore;
import io.hermes.edge.registry.ProviderUnknown;
import io.hermes.edge.registry.RegistryUnavailable;
import io.hermes.edge.registry.Stores;
import io.hermes.orchestrator.state.MigrationSettings;
import io.hermes.orchestrator.state.Transactions;
import io.hermes.orchestrator.state.Wakeup;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final Wakeup wakeup;
    private final String owner = UUID.randomUUID().toString();
    private final AtomicInteger running = new AtomicInteger();

    Validator(
            Transactions transactions,
            ValidationRows rows,
            Findings findings,
            Stores stores,
            MigrationSettings settings,
            Vertx vertx) {
        this.transactions = transactions;
        this.rows = rows;
        this.findings = findings;
        this.stores = stores;
        this.settings = settings;
        this.wakeup = new Wakeup(vertx, "validate", this::takeOver);
    }

    @Scheduled(every = "1s", identity = "validate", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tick() {
        wakeup.signal();
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> takeOver() {
        if (running.get() >= settings.planning().parallel()) {
            return Uni.createFrom().voidItem();
        }
        return claim().chain(claim -> {
            if (claim.isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            begin(claim.get());
            return takeOver();
        });
    }

    /** Takes a job that nobody looks after. */
    Uni<Optional<ValidationClaim>> claim() {
        return transactions.run(tx -> rows.claim(tx, owner));
    }

    private void begin(ValidationClaim claim) {
        running.incrementAndGet();
        LOG.infof("validating jobId=%d epoch=%d migrated=%d", claim.jobId(), claim.epoch(), claim.migrated());
        validate(claim)
                .onTermination()
                .invoke(running::decrementAndGet)
                .subscribe()
                .with(
                        done -> wakeup.signal(),
                        failure ->
                                LOG.warnf("validating jobId=%d breaks off, to be resumed: %s", claim.jobId(), failure));
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
                        destination.store(),
                        findings,
                        settings.validation().listAbove(),
                        pageSize);
            case VERIFY -> new ExtrasPass(claim, destination.store(), findings, pageSize);
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
        Optional<String> outage = outage(failure);
        if (outage.isPresent()) {
            LOG.warnf("validating jobId=%d waits, %s: %s", claim.jobId(), outage.get(), failure.getMessage());
            return findings.waitFor(claim, pause(failure), outage.get(), failure.getMessage())
                    .replaceWithVoid();
        }
        LOG.errorf(failure, "validating jobId=%d failed", claim.jobId());
        return findings.finish(claim, Optional.of(reason(failure))).replaceWithVoid();
    }

    private static Optional<String> outage(Throwable failure) {
        return switch (failure) {
            case RegistryUnavailable registry -> Optional.of("provider_unavailable");
            case StorageException storage
            when storage.kind() == ErrorKind.UNAUTHENTICATED || storage.kind() == ErrorKind.CONTAINER_MISSING ->
                Optional.of("provider_auth");
            case StorageException storage when storage.kind().outage() -> Optional.of("provider_unavailable");
            default -> Optional.empty();
        };
    }

    private Duration pause(Throwable failure) {
        return failure instanceof StorageException storage
                ? storage.retryAfter().orElse(settings.planning().retryAfter())
                : settings.planning().retryAfter();
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
