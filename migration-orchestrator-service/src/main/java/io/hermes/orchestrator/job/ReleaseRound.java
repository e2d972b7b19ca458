package io.hermes.orchestrator.job;

import io.hermes.edge.registry.RegistryUnavailable;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;

/** Gives claims back to the registry, one job after the other. While it is away they wait for the next round. */
final class ReleaseRound {

    private ReleaseRound() {}

    static <J> Uni<Void> of(Uni<List<J>> due, Function<J, Uni<Void>> release) {
        return due.chain(jobs -> inTurn(jobs, release))
                .onFailure(RegistryUnavailable.class)
                .invoke(outage -> Log.debug("claims wait for the registry", outage))
                .onFailure(RegistryUnavailable.class)
                .recoverWithNull();
    }

    private static <J> Uni<Void> inTurn(List<J> jobs, Function<J, Uni<Void>> release) {
        return Multi.createFrom()
                .iterable(jobs)
                .onItem()
                .transformToUniAndConcatenate(release::apply)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
