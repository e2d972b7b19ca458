package io.hermes.orchestrator.state;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes those who take jobs over. What they have in common: how many jobs one replica looks after, and that it keeps its lease on them. */
@ApplicationScoped
public class Takeovers {

    private final Vertx vertx;
    private final ClaimLeases leases;
    private final int room;

    Takeovers(Vertx vertx, ClaimLeases leases, MigrationSettings settings) {
        this.vertx = vertx;
        this.leases = leases;
        this.room = settings.planning().parallel();
    }

    /**
     * One for this kind of work.
     *
     * @param name for the log
     * @param claim takes a job that nobody has, if there is one
     * @param work ends when it is done; what it fails with breaks it off
     */
    public <C extends Takeover.Claim> Takeover<C> of(
            String name, Supplier<Uni<Optional<C>>> claim, Function<C, Uni<Void>> work) {
        return new Takeover<>(vertx, name, room, claim, claimed -> leases.keptDuring(claimed, work.apply(claimed)));
    }
}
