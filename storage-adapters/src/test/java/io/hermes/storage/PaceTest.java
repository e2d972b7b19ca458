package io.hermes.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.testing.HandTurned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final HandTurned time = new HandTurned();
    private final Heard heard = new Heard();
    private final Pace pace = new Pace("archive", time, heard);

    @Test
    void withoutALimitEveryRequestIsFree() {
        assertThat(pace.isFree()).isTrue();
        assertThat(pace.bytesAreFree()).isTrue();
        pace.limit(Rates.UNLIMITED);
        assertThat(turns(1000)).allMatch(CompletableFuture::isDone);
        pace.unlimit();
        assertThat(pace.isFree()).isTrue();
    }

    @Test
    void requestsPassInTheirOrderAtTheRate() {
        pace.limit(new Rates(10, Double.POSITIVE_INFINITY));
        List<CompletableFuture<Void>> turns = turns(100);
        assertThat(done(turns)).isEqualTo(1);

        time.turn(Duration.ofMillis(5_010));

        assertThat(done(turns)).isEqualTo(51);
        assertThat(turns.subList(0, 51)).allMatch(CompletableFuture::isDone);
        time.turn(SECOND.multipliedBy(5));
        assertThat(done(turns)).isEqualTo(100);
        assertThat(heard.waits).hasSize(99);
        assertThat(heard.waits.getFirst()).isCloseTo(Duration.ofMillis(100), Duration.ofMillis(1));
        assertThat(Duration.ofNanos(pace.stoppedNanos())).isCloseTo(Duration.ofMillis(9900), Duration.ofMillis(1));
    }

    @Test
    void whoeverGivesUpTakesNothing() {
        pace.limit(new Rates(10, Double.POSITIVE_INFINITY));
        List<CompletableFuture<Void>> turns = turns(21);
        turns.subList(1, 20).forEach(turn -> turn.cancel(false));

        time.turn(Duration.ofMillis(101));

        assertThat(turns.get(20)).isCompleted();
    }

    @Test
    void whoeverGivesUpIsNotWaitedForNorRemembered() {
        pace.limit(Rates.NOTHING);
        List<CompletableFuture<Void>> turns = turns(10);
        turns.subList(0, 9).forEach(turn -> turn.cancel(false));
        time.turn(SECOND);
        assertThat(pace.demand().requestsPerSecond()).isEqualTo(1);

        turns.getLast().cancel(false);

        assertThat(pace.isHeldBack()).isFalse();
        time.turn(SECOND);
        assertThat(Duration.ofNanos(pace.stoppedNanos())).isEqualTo(SECOND);
        assertThat(pace.demand()).isEqualTo(Rates.NOTHING);
    }

    @Test
    void whatSomebodyDoesNotTakeInTheLastMomentIsThereForTheNext() {
        // Given two who wait, and a first who goes between being let pass and hearing of it
        pace.limit(Rates.NOTHING);
        CompletableFuture<Void> first = pace.bytes(60_000);
        CompletableFuture<Void> second = pace.bytes(1);
        pace.limit(new Rates(Double.POSITIVE_INFINITY, 1000));
        time.after(Duration.ofMillis(1).toNanos(), () -> first.cancel(false));

        // When
        time.turn(Duration.ofMillis(1));

        // Then
        assertThat(first).isCancelled();
        assertThat(second).isCompleted();
    }

    @Test
    void aLargePieceOfBytesPassesAndThoseAfterItWaitUntilItIsPaidFor() {
        pace.limit(new Rates(Double.POSITIVE_INFINITY, 1000));
        CompletableFuture<Void> large = pace.bytes(8_000);
        CompletableFuture<Void> small = pace.bytes(1);
        assertThat(large).isCompleted();

        time.turn(Duration.ofMillis(7_900));
        assertThat(small).isNotDone();
        time.turn(Duration.ofMillis(200));
        assertThat(small).isCompleted();
    }

    @Test
    void bytesThatDidNotMoveAreGivenBack() {
        pace.limit(new Rates(Double.POSITIVE_INFINITY, 1000));
        CompletableFuture<Void> reserved = pace.bytes(100_000);
        CompletableFuture<Void> next = pace.bytes(1);
        assertThat(reserved).isCompleted();

        pace.moved(-100_000);
        time.turn(Duration.ofMillis(1));

        assertThat(next).isCompleted();
    }

    @Test
    void anotherRateHoldsForThoseWhoWaitAlready() {
        pace.limit(Rates.NOTHING);
        List<CompletableFuture<Void>> turns = turns(10);
        time.turn(Duration.ofHours(1));
        assertThat(done(turns)).isZero();

        pace.limit(new Rates(100, 0));
        time.turn(Duration.ofMillis(101));
        assertThat(done(turns)).isEqualTo(10);

        List<CompletableFuture<Void>> more = turns(1000);
        pace.unlimit();
        time.turn(Duration.ofMillis(1));
        assertThat(done(more)).isEqualTo(1000);
    }

    @Test
    void aShortHoldIsWaitedForWhateverTheRate() {
        pace.throttled(pace.sent(), Optional.of(Duration.ofSeconds(4)));
        CompletableFuture<Void> turn = pace.request();

        time.turn(Duration.ofMillis(3_990));
        assertThat(turn).isNotDone();
        time.turn(Duration.ofMillis(20));
        assertThat(turn).isCompleted();
    }

    @Test
    void aLongHoldSendsThoseAwayWhoWaitAndWhoCome() {
        pace.limit(Rates.NOTHING);
        CompletableFuture<Void> waiting = pace.request();

        pace.throttled(pace.sent(), Optional.of(Duration.ofMinutes(2)));
        time.turn(Duration.ZERO);

        assertThat(refusal(waiting).retryAfter()).contains(Duration.ofMinutes(2));
        time.turn(Duration.ofSeconds(30));
        StorageException later = refusal(pace.request());
        assertThat(later.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(later.retryAfter()).contains(Duration.ofSeconds(90));
        time.turn(Duration.ofSeconds(85));
        pace.unlimit();
        CompletableFuture<Void> close = pace.request();
        time.turn(Duration.ofSeconds(6));
        assertThat(close).isCompleted();
    }

    @Test
    void onceClosedNobodyWaits() {
        pace.limit(Rates.NOTHING);
        CompletableFuture<Void> waiting = pace.request();
        pace.close();
        time.turn(Duration.ZERO);
        assertThat(refusal(waiting).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(refusal(pace.request()).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    @Test
    void demandIsWhatWasSentAndWhatWaits() {
        pace.limit(new Rates(1000, 5000));
        time.turn(SECOND);
        for (CompletableFuture<Void> turn : turns(40)) {
            assertThat(turn).isCompleted();
            pace.sent();
        }
        pace.moved(6_000);
        assertThat(pace.isInUse()).isTrue();

        time.turn(SECOND);

        assertThat(pace.demand()).isEqualTo(new Rates(20, 3_000));
        assertThat(pace.isInUse()).isFalse();
        time.turn(SECOND);
        assertThat(pace.demand()).isEqualTo(new Rates(0, 0));
    }

    @Test
    void whoIsHeldBackWantsAtLeastTwiceAsMuch() {
        pace.limit(new Rates(10, 5000));
        turns(5);
        assertThat(pace.isInUse()).isTrue();
        time.turn(Duration.ofMillis(50));
        assertThat(pace.demand().requestsPerSecond()).isEqualTo(20);
    }

    private List<CompletableFuture<Void>> turns(int count) {
        List<CompletableFuture<Void>> turns = new ArrayList<>();
        for (int turn = 0; turn < count; turn++) {
            turns.add(pace.request());
        }
        return turns;
    }

    private static int done(List<CompletableFuture<Void>> turns) {
        return (int) turns.stream().filter(CompletableFuture::isDone).count();
    }

    private static StorageException refusal(CompletableFuture<Void> turn) {
        try {
            turn.join();
        } catch (CompletionException refused) {
            return (StorageException) refused.getCause();
        }
        throw new AssertionError("nobody was sent away");
    }

    private static final class Heard implements StoreObserver {
        private final List<Duration> waits = new ArrayList<>();

        @Override
        public void ended(Call call) {}

        @Override
        public void waited(String provider, Duration wait) {
            waits.add(wait);
        }
    }
}
