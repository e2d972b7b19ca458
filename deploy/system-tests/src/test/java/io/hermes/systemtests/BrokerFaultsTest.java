package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.Requests;
import io.hermes.systemtests.fault.Blow;
import io.hermes.systemtests.fault.Blows.Pauses;
import io.hermes.systemtests.fault.Broker;
import io.hermes.systemtests.fault.Victim;
import io.hermes.systemtests.fault.storage.Choice;
import io.hermes.systemtests.oracle.Balance;
import io.hermes.systemtests.oracle.ItemRow;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** F11 to F13: what stands in a topic is lost, said again, out of order, or in the hands of somebody who does nothing with it. */
@Tag("full")
@Timeout(400)
@ExtendWith(OnStage.class)
class BrokerFaultsTest {

    private static final Victim[] WORKERS = {Victim.worker(1), Victim.worker(2)};
    private static final Victim[] ORCHESTRATORS = {Victim.orchestrator(1), Victim.orchestrator(2)};
    private static final int COPIES = 5;

    @BeforeEach
    void awaitReady(Stage stage) {
        stage.awaitReady();
    }

    static Stream<Arguments> losses() {
        return Stream.of(
                losing("F11 tasks deleted", broker -> broker.deleting(Broker.TASKS)),
                losing("F11 events deleted", broker -> broker.deleting(Broker.EVENTS)),
                losing("F11 tasks emptied", broker -> broker.emptying(Broker.TASKS)),
                losing("F11 events emptied", broker -> broker.emptying(Broker.EVENTS)),
                losing("F11 workers rewound", broker -> broker.rewinding(WORKERS)),
                losing("F11 workers reset to latest", broker -> broker.skipping(WORKERS)),
                losing("F11 projectors rewound", broker -> broker.rewindingEvents(ORCHESTRATORS)),
                losing("F11 projectors reset to latest", broker -> broker.skippingEvents(ORCHESTRATORS)),
                losing("F12 tasks repeated", broker -> broker.repeating(Broker.TASKS, COPIES)),
                losing("F12 events repeated", broker -> broker.repeating(Broker.EVENTS, COPIES)));
    }

    private static Arguments losing(String name, Function<Broker, Blow> loss) {
        return Arguments.of(name, loss);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void everyDocumentArrivesOnce(String name, Function<Broker, Blow> loss, Stage stage) throws Exception {
        Broker broker = new Broker(stage.processes());
        try (Trial trial = Trial.copying(stage, Names.of(name), 120)) {
            trial.suffers(name, 2, Pauses.seconds(0.3, 2), loss.apply(broker).amongOthers())
                    .run()
                    .assertAllArrivedUncharged();
        }
    }

    /** What is said of an earlier attempt is no news of the present one. */
    @Test
    void aFailureThatIsSaidAgainIsChargedOnce(Stage stage) throws Exception {
        Broker broker = new Broker(stage.processes());
        String job = "failures-repeated";
        try (Trial trial = Trial.copying(stage, job, 120)) {
            Choice chosen = Choice.of(
                    40, trial.corpus().keys(1, 1 << 20), 1, Seed.ofRun().of(job));
            trial.suffers(
                            "F18 bit flipped in PUT",
                            chosen.strikes(),
                            chosen.among(Requests.of("PUT"), job),
                            Faults.flipInRequest(0))
                    .suffers("F12 events repeated", 12, Pauses.seconds(0.1, 0.4), broker.repeating(Broker.EVENTS, 2))
                    .run()
                    .assertAllArrivedChargedTo(chosen, "CONTENT_HASH_MISMATCH");
        }
    }

    @Test
    void goesOnWhileStrangersComeAndGo(Stage stage) throws Exception {
        Broker broker = new Broker(stage.processes());
        try (Trial trial = Trial.copying(stage, "rebalances", 150)) {
            trial.suffers("F13 a stranger joins and leaves", 3, Pauses.seconds(0.2, 1), broker.joining())
                    .suffers(
                            "F13 a worker leaves and comes back",
                            3,
                            Pauses.seconds(1, 3),
                            stage.processes().ending("TERM", WORKERS))
                    .run()
                    .assertAllArrivedUncharged();
        }
    }

    @Test
    void nothingThatIsSaidAgainChangesAJobThatHasEnded(Stage stage) throws Exception {
        Broker broker = new Broker(stage.processes());
        try (Trial trial = Trial.copying(stage, "said-again", 60)) {
            trial.run().assertAllArrivedUncharged();
            broker.awaitRead();
            Balance balance = trial.books().balance();
            List<ItemRow> items = trial.books().items();

            var chance = Seed.ofRun().of("F12");
            assertThat(broker.repeating(Broker.TASKS, COPIES).strike(chance)).isTrue();
            assertThat(broker.repeating(Broker.EVENTS, COPIES).strike(chance)).isTrue();
            broker.awaitRead();

            assertThat(trial.books().balance()).isEqualTo(balance);
            assertThat(trial.books().items()).isEqualTo(items);
            trial.judge().assertAllArrivedUncharged();
        }
    }
}
