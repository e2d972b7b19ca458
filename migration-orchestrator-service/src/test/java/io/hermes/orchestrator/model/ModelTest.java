package io.hermes.orchestrator.model;

import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.orchestrator.job.JobRef;
import io.hermes.orchestrator.job.Jobs;
import io.hermes.orchestrator.plan.PlanSteps;
import io.hermes.orchestrator.testing.EngineTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;

/** Runs sequences of commands on the {@link Model} and on the engine at the same time. */
abstract class ModelTest extends EngineTest {

    @Inject
    Engine engine;

    @Inject
    Jobs jobs;

    @Inject
    PlanSteps planning;

    private ResolvedProvider source;
    private ResolvedProvider destination;

    /** The steps of the engine look at every job there is. */
    @BeforeEach
    void nobodyElse() {
        update("DELETE FROM migration_outbox");
        update("DELETE FROM migration_items");
        update("DELETE FROM migration_jobs");
    }

    @BeforeEach
    void providers() {
        source = memoryProvider("source");
        destination = memoryProvider("destination");
    }

    /** Runs a sequence on a new job, and then lets the faults stop. */
    void run(List<Command> commands) {
        run(commands, job -> {});
    }

    /** Looks at the job before the faults stop, too. */
    void run(List<Command> commands, Consumer<Model> look) {
        // What is looked at at the destination after the last document is no part of the model.
        String terms = "validate_after_migration = false, max_attempts = " + Document.MAX_ATTEMPTS;
        long id = job(source.providerUuid(), destination.providerUuid(), terms);
        try {
            planning.forget();
            Trial trial = new Trial(engine, realJob(id), new Reading(database, id));
            commands.forEach(trial::step);
            look.accept(trial.job());
            trial.calm();
        } finally {
            forget(id);
        }
    }

    private RealJob realJob(long id) {
        try {
            return new RealJob(
                    VertxContextSupport.subscribeAndAwait(() -> jobs.find(new JobRef.ById(id))),
                    query -> texts(query, id),
                    (statement, parameter) -> update(statement, parameter));
        } catch (RuntimeException problem) {
            throw problem;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void forget(long job) {
        update("DELETE FROM migration_outbox WHERE migration_job_id = ?", job);
        update("DELETE FROM migration_attempts WHERE migration_job_id = ?", job);
        update("DELETE FROM migration_items WHERE migration_job_id = ?", job);
        update("DELETE FROM document_copies WHERE job_id = ?", job);
        update("DELETE FROM migration_jobs WHERE id = ?", job);
        update("DELETE FROM provider_holds");
    }
}
