package io.hermes.edge.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.provider.BudgetLease;
import io.hermes.contract.provider.BudgetRequest;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Pace;
import io.hermes.storage.StorageException;
import io.hermes.storage.testing.HandTurned;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** When a share is leased, renewed and left, in a time that the test turns; the registry answers when the test says so. */
class BudgetTest {

    private static final Duration GRACE = Duration.ofMinutes(15);
    private static final BudgetLease TEN = new BudgetLease(10.0, null, 6_000);

    private final HandTurned time = new HandTurned();
    private final Pace pace = new Pace("p", time, call -> {});
    private final List<BudgetRequest> asked = new ArrayList<>();
    private final List<UniEmitter<? super BudgetLease>> questions = new ArrayList<>();
    private final Budget budget = new Budget(
            pace,
            time,
            need -> Uni.createFrom().emitter(question -> {
                asked.add(need);
                questions.add(question);
            }),
            GRACE);

    private void answer(BudgetLease lease) {
        assertThat(questions).as("the registry is asked").hasSize(1);
        questions.removeFirst().complete(lease);
        time.turn(Duration.ZERO);
    }

    private void fail(RuntimeException failure) {
        assertThat(questions).as("the registry is asked").hasSize(1);
        questions.removeFirst().fail(failure);
        time.turn(Duration.ZERO);
    }

    private static RegistryUnavailable away() {
        return new RegistryUnavailable("the registry is away", null);
    }

    private CompletableFuture<Void> request() {
        CompletableFuture<Void> turn = pace.request();
        CompletableFuture<Void> unused = turn.thenRun(pace::sent);
        return turn;
    }

    private void sendAnother() {
        CompletableFuture<Void> unused = request();
    }

    private void leased(BudgetLease lease) {
        budget.limited(true);
        answer(lease);
    }

    @Test
    void withoutLimitsNobodyIsAsked() {
        budget.limited(false);
        assertThat(pace.isFree()).isTrue();
        assertThat(request()).isCompleted();
        assertThat(asked).isEmpty();
    }

    @Test
    void aHundredRequestsAreOneLeaseAndPassAtItsRate() {
        budget.limited(true);
        List<CompletableFuture<Void>> turns = new ArrayList<>();
        for (int turn = 0; turn < 100; turn++) {
            turns.add(request());
        }
        answer(TEN);

        time.turn(Duration.ofMillis(2_950));

        assertThat(turns.stream().filter(CompletableFuture::isDone).count()).isBetween(29L, 32L);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aShareInUseIsRenewedAtHalfOfItsValidityWithWhatIsNeeded() {
        leased(TEN);
        for (int turn = 0; turn < 100; turn++) {
            sendAnother();
        }
        time.turn(Duration.ofMillis(3_001));
        assertThat(asked).hasSize(2);
        assertThat(asked.getLast().requestsPerSecond()).isGreaterThanOrEqualTo(20);

        answer(new BudgetLease(40.0, null, 6_000));
        int before = asked.size();
        time.turn(Duration.ofMillis(2_900));

        assertThat(pace.isHeldBack()).isFalse();
        assertThat(asked).hasSize(before);
    }

    @Test
    void anIdleShareLapsesAndIsLeasedAgainWhenItIsWanted() {
        leased(TEN);
        time.turn(Duration.ofMinutes(1));
        assertThat(asked).hasSize(1);
        CompletableFuture<Void> first = request();
        CompletableFuture<Void> waiting = request();

        assertThat(asked).hasSize(2);
        time.turn(Duration.ofMinutes(1));
        assertThat(first).as("nothing passes on what has lapsed").isNotDone();
        assertThat(waiting).isNotDone();
        answer(TEN);
        time.turn(Duration.ofMillis(201));
        assertThat(waiting).isCompleted();
    }

    @Test
    void aShareThatIsWantedAgainBeforeItLapsesIsRenewedThen() {
        leased(TEN);
        time.turn(Duration.ofSeconds(4));
        assertThat(asked).hasSize(1);

        assertThat(request()).isCompleted();

        assertThat(asked).hasSize(2);
        answer(TEN);
        time.turn(Duration.ofMillis(2_500));
        assertThat(request())
                .as("the first lease has ended, the second has not")
                .isCompleted();
    }

    @Test
    void aShareOfNothingIsAskedForAgainWhenItEnds() {
        budget.limited(true);
        sendAnother();
        CompletableFuture<Void> waiting = request();
        answer(new BudgetLease(0.0, null, 1_000));
        time.turn(Duration.ofMillis(990));
        assertThat(asked).hasSize(1);
        time.turn(Duration.ofMillis(20));
        assertThat(asked).hasSize(2);
        assertThat(waiting).isNotDone();

        answer(TEN);
        time.turn(Duration.ofMillis(201));
        assertThat(waiting).isCompleted();
    }

    @Test
    void withoutAnAnswerTheLastRatesHoldForTheGraceTimeAndThenNobodyWaits() {
        // Given a share in use
        leased(TEN);
        inUseFor(Duration.ofMillis(3_050));

        // When the registry goes away
        for (int second = 0; second < 60; second++) {
            fail(away());
            inUseFor(Duration.ofMillis(1_050));
            assertThat(pace.request()).as("after %s s", second).isCompleted();
        }

        // And stays away
        time.turn(GRACE);
        while (!questions.isEmpty()) {
            fail(away());
        }
        StorageException refused = refusal(pace.request());
        assertThat(refused.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(refused.retryAfter()).isPresent();

        // Then its return is noticed by whoever comes
        answer(TEN);
        time.turn(Duration.ofSeconds(16));
        CompletableFuture<Void> later = request();
        answer(TEN);
        time.turn(Duration.ofMillis(101));
        assertThat(later).isCompleted();
    }

    private void inUseFor(Duration duration) {
        Duration step = Duration.ofMillis(150);
        for (Duration passed = Duration.ZERO; passed.compareTo(duration) < 0; passed = passed.plus(step)) {
            sendAnother();
            time.turn(step);
        }
    }

    @Test
    void whereThereIsNoShareAndNoRegistryNobodyIsKeptWaiting() {
        budget.limited(true);
        sendAnother();
        CompletableFuture<Void> waiting = request();
        fail(away());
        assertThat(refusal(waiting).kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    }

    @Test
    void aProviderThatIsGoneHasNoBudget() {
        leased(TEN);
        sendAnother();
        time.turn(Duration.ofMillis(3_001));
        fail(new ProviderUnknown("p"));
        assertThat(refusal(pace.request()).kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    }

    @Test
    void aLeaseWithoutRatesAndAProviderWithoutLimitsLetEverythingPass() {
        leased(new BudgetLease(null, null, 60_000));
        for (int turn = 0; turn < 1_000; turn++) {
            assertThat(request()).isCompleted();
        }
        budget.limited(false);
        assertThat(pace.isFree()).isTrue();
        time.turn(Duration.ofHours(1));
        assertThat(asked).hasSize(1);
    }

    @Test
    void newSettingsAreLeasedAtOnceAndTheQueueStays() {
        leased(TEN);
        List<CompletableFuture<Void>> turns = new ArrayList<>();
        for (int turn = 0; turn < 50; turn++) {
            turns.add(request());
        }

        budget.limited(true);
        answer(new BudgetLease(100.0, null, 6_000));

        time.turn(Duration.ofMillis(600));
        assertThat(turns).allMatch(CompletableFuture::isDone);
    }

    @Test
    void whatIsClosedHadAShareToGiveBackIfItWasLimited() {
        assertThat(budget.close()).isFalse();
        Budget other = new Budget(pace, time, need -> Uni.createFrom().nothing(), GRACE);
        other.limited(true);
        assertThat(other.close()).isTrue();
        assertThat(refusal(pace.request()).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    private static StorageException refusal(CompletableFuture<Void> turn) {
        try {
            turn.join();
        } catch (CompletionException refused) {
            return (StorageException) refused.getCause();
        }
        throw new AssertionError("nobody was sent away");
    }
}
