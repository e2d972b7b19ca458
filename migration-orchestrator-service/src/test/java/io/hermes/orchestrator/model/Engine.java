package io.hermes.orchestrator.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.edge.problem.ApiProblem;
import io.hermes.orchestrator.dispatch.DispatchSteps;
import io.hermes.orchestrator.item.PlannedItem;
import io.hermes.orchestrator.job.JobChanges;
import io.hermes.orchestrator.job.Lifecycle;
import io.hermes.orchestrator.job.Retry;
import io.hermes.orchestrator.job.Skip;
import io.hermes.orchestrator.job.Transition;
import io.hermes.orchestrator.model.Model.Said;
import io.hermes.orchestrator.outbox.RelaySteps;
import io.hermes.orchestrator.plan.PlanSteps;
import io.hermes.orchestrator.project.ProjectSteps;
import io.hermes.orchestrator.sweep.SweepSteps;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries commands out on the real thing. */
@ApplicationScoped
class Engine {

    private static final String USER = "alice";

    private final Lifecycle lifecycle;
    private final Retry retry;
    private final Skip skip;
    private final JobChanges changes;
    private final PlanSteps planning;
    private final DispatchSteps dispatching;
    private final RelaySteps relay;
    private final ProjectSteps projector;
    private final SweepSteps sweeper;

    Engine(
            Lifecycle lifecycle,
            Retry retry,
            Skip skip,
            JobChanges changes,
            PlanSteps planning,
            DispatchSteps dispatching,
            RelaySteps relay,
            ProjectSteps projector,
            SweepSteps sweeper) {
        this.lifecycle = lifecycle;
        this.retry = retry;
        this.skip = skip;
        this.changes = changes;
        this.planning = planning;
        this.dispatching = dispatching;
        this.relay = relay;
        this.projector = projector;
        this.sweeper = sweeper;
    }

    /** Commits events in one transaction. */
    Uni<Void> arrive(RealJob job, List<Told> chunk) {
        return chunk.isEmpty()
                ? Uni.createFrom().voidItem()
                : projector.chunk(chunk.stream()
                        .map(told -> new ProjectSteps.Sent("worker-" + told.worker(), job.event(told)))
                        .toList());
    }

    /** Jobs that nobody would end but the sweeper. */
    Uni<List<Long>> forgotten() {
        return sweeper.forgotten();
    }

    /**
     * Carries one command out.
     *
     * @param before the job as it should stand before it
     * @return what a user is answered
     */
    Uni<Optional<Said>> perform(RealJob job, Model before, Command command) {
        return switch (command) {
            case Command.Start start -> said(lifecycle.start(job.id(), USER));
            case Command.Pause pause -> said(lifecycle.pause(job.id(), USER));
            case Command.Resume resume -> said(lifecycle.resume(job.id(), USER));
            case Command.Cancel cancel -> said(lifecycle.cancel(job.id(), USER));
            case Command.RetryAll all -> said(retry.all(job.definition(), USER));
            case Command.RetryCode(String code) -> said(retry.withCode(job.definition(), RealJob.code(code), USER));
            case Command.RetryOne(int number) ->
                job.item(before, number)
                        .map(item -> said(retry.one(job.definition(), item, USER)))
                        .orElseGet(Engine::nobody);
            case Command.Skip(int number) ->
                job.item(before, number)
                        .map(item -> said(skip.one(job.id(), item, USER)))
                        .orElseGet(Engine::nobody);
            case Command.Bears(String failures) ->
                silent(patch(job, JsonNodeFactory.instance.objectNode().put("maxFailures", failures)));
            case Command.Opens(Integer window) ->
                silent(patch(job, JsonNodeFactory.instance.objectNode().put("dispatchWindow", window)));
            case Command.Claims(int replica) -> silent(planning.claim(replica));
            case Command.Page page -> silent(planning.commit(page.replica(), items(before, page), page.last()));
            case Command.ListingFails(int replica) -> silent(planning.fail(replica, "LISTING: broken"));
            case Command.ListingWaits(int replica) -> silent(planning.waits(replica));
            case Command.Dispatch dispatch -> silent(dispatching.fill(job.id()));
            case Command.Publish publish -> silent(relay.send(publish.unknown(), publish.hopeless()));
            case Command.Sweep sweep -> silent(sweepLeases(job, before, sweep));
            case Command.LeaseLapses(int number) ->
                silent(Uni.createFrom().item(() -> job.lapse(before, number)).replaceWithVoid());
            case Command.PlanningLeaseLapses lapses ->
                silent(Uni.createFrom().item(job::lapsePlanning).replaceWithVoid());
            case Command.PlanningIsDue due ->
                silent(Uni.createFrom().item(job::planningIsDue).replaceWithVoid());
            case Command.WaitsAreOver over ->
                silent(Uni.createFrom().item(job::waitsAreOver).chain(done -> dispatching.due()));
            case Command.HoldsAreDue due ->
                silent(Uni.createFrom().item(job::holdsAreDue).replaceWithVoid());
            case Command.Says says -> nobody();
            case Command.Arrives arrives -> nobody();
            case Command.ArrivesTwice arrives -> nobody();
            case Command.ArrivesAgain arrives -> nobody();
            case Command.Meanwhile meanwhile -> nobody();
        };
    }

    private Uni<Void> patch(RealJob job, ObjectNode patch) {
        return changes.patch(job.definition(), patch, Optional.empty(), USER);
    }

    /** The sweeper goes its rounds; it waits for what the projector has not committed. */
    Uni<Void> sweep(Model before, Command.Sweep sweep, boolean projected) {
        Broker.Ends ends = ends(before, sweep);
        return sweeper.sweep(ends.incarnation(), ends.offset(), sweep.committed() ? ends.offset() : 0, projected);
    }

    /** It has waited, and a chunk of later events comes in the midst of its work. */
    private Uni<Void> sweepLeases(RealJob job, Model before, Command.Sweep sweep) {
        Broker.Ends ends = ends(before, sweep);
        return sweeper.leases(job.id(), ends.incarnation(), ends.offset(), sweep.committed() ? ends.offset() : 0);
    }

    private static Broker.Ends ends(Model before, Command.Sweep sweep) {
        Broker broker = before.broker.copy();
        if (sweep.recreated()) {
            broker.recreated();
        }
        return broker.ends();
    }

    private static List<PlannedItem> items(Model before, Command.Page page) {
        List<PlannedItem> items = new ArrayList<>();
        if (page.repeats() && !before.documents.isEmpty()) {
            items.add(listed(0));
        }
        if (Steps.hasRoom(before)) {
            int next = before.documents.size();
            for (int i = 0; i < page.documents(); i++) {
                items.add(listed(next++));
            }
            for (int i = 0; i < page.rejected(); i++) {
                items.add(PlannedItem.failed("doc-" + next++, null, "KEY_INVALID", "no key"));
            }
        }
        return items;
    }

    private static PlannedItem listed(int number) {
        return PlannedItem.ready("doc-" + number, null, Document.LISTED_BYTES, Document.REVISION);
    }

    private static Uni<Optional<Said>> said(Uni<Transition> transition) {
        return transition
                .map(answer -> Optional.of(
                        switch (answer) {
                            case Transition.Done done -> Said.DONE;
                            case Transition.AlreadyThere already -> Said.ALREADY;
                            case Transition.Impossible impossible -> Said.IMPOSSIBLE;
                        }))
                .onFailure(ApiProblem.class)
                .recoverWithItem(Optional.of(Said.IMPOSSIBLE));
    }

    private static Uni<Optional<Said>> silent(Uni<Void> step) {
        return step.replaceWith(Optional.empty());
    }

    private static Uni<Optional<Said>> nobody() {
        return Uni.createFrom().item(Optional.empty());
    }
}
