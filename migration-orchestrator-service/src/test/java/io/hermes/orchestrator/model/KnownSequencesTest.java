package io.hermes.orchestrator.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.orchestrator.model.Command.Answer;
import io.hermes.orchestrator.testing.DrivenEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sequences that once went wrong, or nearly, as short as they can be told. */
@QuarkusTest
@TestProfile(DrivenEngine.class)
class KnownSequencesTest extends ModelTest {

    private static final int ORDERS = 12;

    @Test
    void aPauseWithNothingLeftToDoIsTheEnd() {
        List<Command> commands = dispatched(1, true);
        commands.add(new Command.Pause());
        commands.addAll(said(Answer.SUCCEEDED, 0));

        run(commands, job -> assertThat(job.status()).isEqualTo(Model.Status.COMPLETED));
    }

    @Test
    void aTaskThatIsWithTheWorkersIsNotTakenBackForAnOlderOneThatIsUnsent() {
        List<Command> commands = planned(1, true);
        commands.addAll(List.of(new Command.Dispatch(), new Command.Publish(0b1, 0)));
        commands.addAll(said(Answer.FAILED, 0));
        commands.addAll(List.of(new Command.WaitsAreOver(), new Command.Dispatch()));
        commands.addAll(List.of(new Command.Publish(0b1, 0), new Command.Cancel()));

        run(commands, job -> {
            assertThat(job.status()).isEqualTo(Model.Status.RUNNING);
            assertThat(job.books().queued()).isEqualTo(1);
        });
    }

    @Test
    void whatIsUnsentIsTakenBackWhenTooMuchHasFailed() {
        List<Command> commands = new ArrayList<>(List.of(new Command.Bears("0")));
        commands.addAll(planned(3, true));
        commands.addAll(List.of(new Command.Dispatch(), new Command.Publish(0b110, 0)));
        commands.addAll(said(Answer.FAILED_FOR_GOOD, 0));

        run(commands, job -> {
            assertThat(job.status()).isEqualTo(Model.Status.FAILED);
            assertThat(job.books().waiting()).isEqualTo(2);
        });
    }

    @Test
    void whatIsUnsentIsTakenBackWhenTheListingFails() {
        List<Command> commands = planned(2, false);
        commands.addAll(List.of(new Command.Dispatch(), new Command.ListingFails(0)));

        run(commands, job -> {
            assertThat(job.status()).isEqualTo(Model.Status.FAILED);
            assertThat(job.reason()).isEqualTo(Optional.of("LISTING"));
        });
    }

    @Test
    void aResumedJobIsAskedWhetherTooMuchHasFailed() {
        List<Command> commands = planned(1, false);
        commands.addAll(List.of(
                new Command.Page(0, 0, 1, false, false),
                new Command.Pause(),
                new Command.Bears("0"),
                new Command.Resume()));

        run(commands, job -> assertThat(job.status()).isEqualTo(Model.Status.FAILED));
    }

    @Test
    void aLeaseIsLeftAloneWhileTheAnswerOfItsHolderIsOnItsWay() {
        List<Command> commands = dispatched(1, true);
        commands.addAll(said(Answer.STARTED, 0));
        commands.addAll(List.of(
                new Command.LeaseLapses(0),
                new Command.Says(0, Answer.SUCCEEDED, 0, 0, 1),
                new Command.Sweep(true, false),
                new Command.Arrives(1, 0)));

        run(commands, job -> {
            assertThat(job.status()).isEqualTo(Model.Status.COMPLETED);
            assertThat(job.attempts("lost")).isZero();
        });
    }

    @Test
    void aPauseThatIsCalledOffLeavesThePlanToAnybody() {
        List<Command> commands = dispatched(1, false);
        commands.addAll(List.of(
                new Command.Pause(),
                new Command.Resume(),
                new Command.Claims(1),
                new Command.Page(1, 1, 0, false, true)));

        run(commands, job -> assertThat(job.planned()).isTrue());
    }

    @Test
    void aHeartbeatOfAnOlderDispatchDoesNotHideTheOneOfTheNewer() {
        List<Command> commands = dispatched(1, true);
        commands.addAll(said(Answer.STARTED, 0));
        commands.addAll(List.of(
                new Command.LeaseLapses(0),
                new Command.Sweep(true, false),
                new Command.Dispatch(),
                new Command.Publish(0, 0)));
        commands.addAll(said(Answer.STARTED, 0));
        for (int order = 0; order < ORDERS; order++) {
            commands.addAll(List.of(
                    new Command.LeaseLapses(0),
                    new Command.Says(1, Answer.HEARTBEAT, 0, 0, 1),
                    new Command.Says(0, Answer.HEARTBEAT, 0, 1, 1),
                    new Command.Arrives(2, order)));
        }

        run(commands, job -> assertThat(job.documents().getFirst().lease).isEqualTo(Document.Lease.HELD));
    }

    @Test
    void aProviderThatHasJustWorkedIsWaitedForInWhateverOrderTheAnswersCome() {
        for (int order = 0; order < ORDERS; order++) {
            List<Command> commands = dispatched(3, true);
            commands.addAll(List.of(
                    new Command.Says(0, Answer.SUCCEEDED, 0, 0, 1),
                    new Command.Says(0, Answer.DEFERRED, 1, 0, 1),
                    new Command.Says(0, Answer.REJECTED_BY_PROVIDER, 2, 0, 1),
                    new Command.Arrives(3, order)));
            run(commands);
        }
    }

    private static List<Command> planned(int documents, boolean last) {
        return new ArrayList<>(
                List.of(new Command.Start(), new Command.Claims(0), new Command.Page(0, documents, 0, false, last)));
    }

    private static List<Command> dispatched(int documents, boolean last) {
        List<Command> commands = planned(documents, last);
        commands.addAll(List.of(new Command.Dispatch(), new Command.Publish(0, 0)));
        return commands;
    }

    private static List<Command> said(Answer answer, int document) {
        return List.of(new Command.Says(0, answer, document, 0, 1), new Command.Arrives(1, 0));
    }
}
