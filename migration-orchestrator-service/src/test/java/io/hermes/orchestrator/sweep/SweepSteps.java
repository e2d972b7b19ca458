package io.hermes.orchestrator.sweep;

import io.hermes.orchestrator.state.RunningJobs;
import io.hermes.orchestrator.state.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** The sweeper, job by job, for tests that say themselves when something happens. */
@ApplicationScoped
public class SweepSteps {

    private final Sweeper sweeper;
    private final BrokerOffsets broker;
    private final Transactions transactions;
    private final LapsedLeases leases;
    private final RunningJobs running;

    SweepSteps(
            Sweeper sweeper,
            BrokerOffsets broker,
            Transactions transactions,
            LapsedLeases leases,
            RunningJobs running) {
        this.sweeper = sweeper;
        this.broker = broker;
        this.transactions = transactions;
        this.leases = leases;
        this.running = running;
    }

    /**
     * Sweeps; the task topic reaches so far, and the workers have committed so much of it.
     *
     * @param projected whether the projector has committed every event that was there when the sweep began
     */
    public Uni<Void> sweep(int incarnation, long end, long committed, boolean projected) {
        ((ScriptedBrokerOffsets) broker).script(tasks(incarnation, end, committed), projected);
        return sweeper.tick();
    }

    /** Looks after the lapsed leases of a job; the task topic reaches so far, and the workers have committed so much of it. */
    public Uni<Void> leases(long job, int incarnation, long end, long committed) {
        return transactions.run(tx -> leases.sweep(tx, job, tasks(incarnation, end, committed)));
    }

    /** Jobs that the sweeper would have to end, because nobody else has. */
    public Uni<List<Long>> forgotten() {
        return running.withNothingLeft();
    }

    private static TaskTopic tasks(int incarnation, long end, long committed) {
        return new TaskTopic(offsets(incarnation, end), offsets(incarnation, committed));
    }

    private static Offsets offsets(int incarnation, long offset) {
        return new Offsets("topic-" + incarnation, Map.of(0, offset));
    }
}
