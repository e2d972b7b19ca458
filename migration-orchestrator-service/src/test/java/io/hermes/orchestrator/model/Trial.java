package io.hermes.orchestrator.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.orchestrator.model.Command.Answer;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One run of one sequence: every command on the model and on the engine, and then a look whether they hold the same. */
final class Trial {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROUNDS = 12;

    private final Engine engine;
    private final RealJob job;
    private final Reading reading;
    private final World world = new World();
    private Snapshot seen;

    Trial(Engine engine, RealJob job, Reading reading) {
        this.engine = engine;
        this.job = job;
        this.reading = reading;
        this.seen = reading.snapshot();
    }

    /** The job as it should stand now, and does. */
    Model job() {
        return world.job();
    }

    void step(Command command) {
        perform(command);
        if (command instanceof Command.Says) {
            return;
        }
        Snapshot after = reading.snapshot();
        check(command, after);
        Law.check(command, seen, after);
        seen = after;
    }

    private void check(Object command, Snapshot found) {
        assertThat(found)
                .withFailMessage(() -> "after %s the database holds%n  %s%nand should hold%n  %s"
                        .formatted(command, found, Snapshot.of(world.job())))
                .isEqualTo(Snapshot.of(world.job()));
        assertThat(done(engine.forgotten()))
                .as("left to the sweeper after %s", command)
                .doesNotContain(job.id());
    }

    private void perform(Command command) {
        switch (command) {
            case Command.Says says -> world.says(says);
            case Command.Arrives(int most, long order) -> arrive(world.arriving(most, order));
            case Command.Sweep sweep -> sweep(sweep);
            case Command.ArrivesAgain again -> arrive(world.arrived());
            case Command.ArrivesTwice(int most, long order) -> arriveTwice(world.arriving(most, order));
            case Command.Meanwhile(Command.Arrives arrives, Command other) ->
                meanwhile(world.arriving(arrives.most(), arrives.order()), other);
            default -> one(command);
        }
    }

    private void sweep(Command.Sweep sweep) {
        Model before = world.job().copy();
        world.sweeps(sweep);
        done(engine.sweep(before, sweep, world.heardAll()));
    }

    private void one(Command command) {
        Model before = world.job().copy();
        Optional<Model.Said> expected = Steps.apply(world.job(), command);
        Optional<Model.Said> said = done(engine.perform(job, before, command));
        assertThat(said).as("answer to %s", command).isEqualTo(expected);
    }

    private void arrive(List<Told> chunk) {
        Reports.arrive(world.job(), chunk);
        done(engine.arrive(job, chunk));
    }

    private void arriveTwice(List<Told> chunk) {
        List<Told> first = chunk.subList(0, chunk.size() / 2);
        List<Told> second = chunk.subList(chunk.size() / 2, chunk.size());
        if (chunk.stream().anyMatch(Trial::holdsAProvider)) {
            // A success that waited for the job does not see a hold set meanwhile, which falls to the next success:
            // neither of the two
            // orders.
            arrive(first);
            arrive(second);
            return;
        }
        together(
                engine.arrive(job, first),
                engine.arrive(job, second),
                model -> Reports.arrive(model, first),
                model -> Reports.arrive(model, second));
    }

    private void meanwhile(List<Told> chunk, Command other) {
        if (other instanceof Command.Dispatch && chunk.stream().anyMatch(Trial::holdsAProvider)) {
            // A dispatcher that waited for the job does not see a hold set meanwhile (LockedJob#held): neither of the
            // two orders.
            arrive(chunk);
            one(other);
            return;
        }
        together(
                engine.arrive(job, chunk),
                engine.perform(job, world.job().copy(), other).replaceWithVoid(),
                model -> Reports.arrive(model, chunk),
                model -> Steps.apply(model, other));
    }

    private static boolean holdsAProvider(Told told) {
        return told.answer() == Answer.DEFERRED || told.answer() == Answer.REJECTED_BY_PROVIDER;
    }

    /** Two things at the same time come to what they come to one after the other, in one of the two orders. */
    private void together(Uni<Void> one, Uni<Void> other, Consumer<Model> first, Consumer<Model> second) {
        Model way = world.job().copy();
        first.accept(way);
        second.accept(way);
        Model otherWay = world.job().copy();
        second.accept(otherWay);
        first.accept(otherWay);
        done(Uni.join().all(one, other).andFailFast());
        world.went(reading.snapshot().equals(Snapshot.of(way)) ? way : otherWay);
    }

    /** The faults have stopped: everybody does their work, and the job ends. */
    void calm() {
        if (world.job().status == Model.Status.PENDING) {
            return;
        }
        step(new Command.Opens(null));
        for (int round = 0; round < ROUNDS && !world.job().status.ended(); round++) {
            perform(new Command.Resume());
            perform(new Command.PlanningIsDue());
            perform(new Command.PlanningLeaseLapses());
            perform(new Command.Claims(0));
            perform(new Command.Page(0, 0, 0, true, true));
            perform(new Command.WaitsAreOver());
            perform(new Command.HoldsAreDue());
            perform(new Command.Dispatch());
            perform(new Command.Publish(0, 0));
            arrive(answers());
        }
        check("the end of all faults", reading.snapshot());
        assertThat(world.job().status.ended())
                .as("the job has ended: %s", Snapshot.of(world.job()))
                .isTrue();
    }

    /** What is on its way, and then an answer to every dispatch that has none yet. */
    private List<Told> answers() {
        List<Told> answers = new ArrayList<>(world.arriving(Integer.MAX_VALUE, 0));
        world.job().documents.stream()
                .filter(document -> document.at.inFlight())
                .forEach(document -> answers.add(
                        new Told(0, Answer.SUCCEEDED_ON_ANOTHER_REVISION, document.number, document.epoch)));
        return answers;
    }

    private static <T> T done(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
