package io.hermes.registry.probe;

import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.edge.registry.StoreFactories;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.ProbeReport.Outcome;
import io.hermes.storage.ProbeReport.Step;
import io.hermes.storage.StoreEndpoint;
import io.hermes.storage.StoreFactory;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Tries a store step by step, from the address of its server to the preconditions it keeps. Bounded in time, and in how many run at once.
 * What a server answers is never repeated.
 */
@ApplicationScoped
public class ConnectionTest {

    private static final int ADDRESS_CONNECT_AND_TLS = 3;

    private final StoreFactories factories;
    private final Reachability reachability;
    private final Probes probes;
    private final OffLoop offLoop;
    private final ProbeSettings settings;
    private final Semaphore room;

    ConnectionTest(
            StoreFactories factories,
            Reachability reachability,
            Probes probes,
            OffLoop offLoop,
            ProbeSettings settings) {
        this.factories = factories;
        this.reachability = reachability;
        this.probes = probes;
        this.offLoop = offLoop;
        this.settings = settings;
        this.room = new Semaphore(settings.concurrency());
    }

    /**
     * Tries the store of these settings, of a known type; writes only where it may be written to.
     *
     * @return a report whatever happens; fails 429 while as many tests run as may
     */
    public Uni<ProbeReport> run(ResolvedProvider provider) {
        return Uni.createFrom().deferred(() -> {
            if (!room.tryAcquire()) {
                throw tooMany();
            }
            Executor caller = offLoop.caller();
            return network(provider)
                    .chain(network -> asFarAs(network)
                            ? probes.probe(provider, ProbeDepth.CAPABILITIES, settings.storeTimeout())
                                    .map(report -> behind(network, provider, report))
                            : Uni.createFrom().item(notReached(network, provider)))
                    .emitOn(caller)
                    .onTermination()
                    .invoke(() -> room.release());
        });
    }

    private static boolean asFarAs(List<Step> network) {
        return network.stream().allMatch(step -> step.outcome() == Outcome.OK);
    }

    /** A name server cannot be hurried, so its thread is left behind. */
    private Uni<List<Step>> network(ResolvedProvider provider) {
        List<StoreEndpoint> endpoints = endpoints(provider);
        Duration bound = settings.stepTimeout().multipliedBy(ADDRESS_CONNECT_AND_TLS * Math.max(1L, endpoints.size()));
        return offLoop.call(() -> stepsTo(endpoints))
                .ifNoItem()
                .after(bound)
                .recoverWithItem(() -> List.of(new Step(
                        "address",
                        Outcome.FAILED,
                        bound,
                        "the server was not reached within " + bound.toSeconds() + " s",
                        Optional.of(ErrorKind.TIMEOUT))));
    }

    private List<Step> stepsTo(List<StoreEndpoint> endpoints) {
        List<Step> steps = new ArrayList<>();
        for (StoreEndpoint endpoint : endpoints) {
            if (asFarAs(steps)) {
                steps.addAll(reachability.steps(endpoint));
            }
        }
        return steps;
    }

    private List<StoreEndpoint> endpoints(ResolvedProvider provider) {
        return factory(provider).endpoints(StoreFactories.settings(provider));
    }

    private StoreFactory factory(ResolvedProvider provider) {
        return factories.of(provider.providerType()).orElseThrow();
    }

    private ProbeReport behind(List<Step> network, ResolvedProvider provider, ProbeReport store) {
        List<Step> steps = new ArrayList<>(network);
        store.steps()
                .forEach(step -> steps.addAll(step.name().equals("reach") ? apart(step, provider) : List.of(step)));
        return new ProbeReport(TestedSteps.complete(steps, root(provider)), store.measured());
    }

    private ProbeReport notReached(List<Step> network, ResolvedProvider provider) {
        return new ProbeReport(TestedSteps.complete(network, root(provider)), ProbeReport.Measured.NOTHING);
    }

    private List<Step> apart(Step reach, ResolvedProvider provider) {
        return endpoints(provider).isEmpty()
                ? List.of(TestedSteps.named(reach, root(provider)))
                : TestedSteps.apart(reach, root(provider));
    }

    private String root(ResolvedProvider provider) {
        return endpoints(provider).isEmpty() ? "root" : "bucket";
    }

    private static ApiProblem tooMany() {
        return ApiProblem.of(
                        429,
                        "TOO_MANY_TESTS",
                        "Too many tests at once",
                        "Other connections are being tested; send the request again in a few seconds.")
                .withHeader("Retry-After", "5");
    }
}
