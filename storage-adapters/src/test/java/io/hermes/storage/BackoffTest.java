package io.hermes.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hermes.storage.testing.HandTurned;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** A store that says so means it. */
    private static final Optional<Duration> NOW = Optional.of(Duration.ZERO);

    private static final Duration ROUND_TRIP = Duration.ofMillis(10);

    private final HandTurned time = new HandTurned();
    private final Pace pace = new Pace("archive", time, call -> {});
    private final Server server = new Server();

    @Test
    void theRateIsHalvedAndRecoversStepByStep() {
        Backoff backoff = new Backoff(100, 0);
        assertThat(backoff.rate(0)).isEqualTo(50);
        assertThat(backoff.rate(2 * SECOND)).isCloseTo(70, within(0.01));
        assertThat(backoff.rate(4 * SECOND)).isCloseTo(90, within(0.01));
        assertThat(backoff.rate(14 * SECOND)).isCloseTo(100, within(0.01));
        assertThat(backoff.rate(24 * SECOND)).isCloseTo(110, within(0.01));
        assertThat(backoff.rate(60 * SECOND)).isGreaterThan(1000);
    }

    @Test
    void manyAnswersToOneBurstCutTheRateOnce() {
        Backoff backoff = new Backoff(100, 0);
        backoff.throttled(0, SECOND / 2);
        backoff.throttled(-SECOND, 2 * SECOND);
        assertThat(backoff.rate(2 * SECOND)).isCloseTo(70, within(0.01));
        backoff.throttled(SECOND, 2 * SECOND);
        assertThat(backoff.rate(2 * SECOND)).isCloseTo(35, within(0.01));
    }

    @Test
    void afterARestItBeginsWhereItWasCutTo() {
        Backoff backoff = new Backoff(100, 0);
        backoff.rest(40 * SECOND);
        backoff.throttled(20 * SECOND, 30 * SECOND);

        assertThat(backoff.rate(39 * SECOND)).isEqualTo(50);
        assertThat(backoff.rate(42 * SECOND)).isCloseTo(70, within(0.01));
        assertThat(backoff.isOver(1000, false, 69 * SECOND)).isFalse();
        assertThat(backoff.isOver(1000, false, 71 * SECOND)).isTrue();
    }

    @Test
    void aStoreThatWantsARestIsNotStormedAfterIt() {
        // Given a store that takes 100 requests a second, and wants five seconds for itself when there are more
        server.allowed = 100;
        server.retryAfter = Optional.of(Duration.ofSeconds(5));
        for (int asker = 0; asker < 64; asker++) {
            ask();
        }
        time.turn(Duration.ofSeconds(60));
        int before = server.asked;
        int refusedBefore = server.refused;

        // When
        time.turn(Duration.ofSeconds(100));

        // Then
        assertThat(server.refused - refusedBefore).isLessThan(100);
        assertThat(server.asked - before).isBetween(5_000, 11_000);
    }

    @Test
    void itIsNeverSlowerThanTwoRequestsASecond() {
        Backoff backoff = new Backoff(0.2, 0);
        for (int second = 1; second < 20; second++) {
            backoff.throttled(second * SECOND, second * SECOND);
            assertThat(backoff.rate(second * SECOND)).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void aStoreThatAllowsSoManyASecondIsAskedSoOftenAndNotMore() {
        // Given a store that refuses what is above 100 requests a second, and 64 askers without a pause
        server.allowed = 100;
        for (int asker = 0; asker < 64; asker++) {
            ask();
        }

        // When
        time.turn(Duration.ofSeconds(20));
        int before = server.asked;
        int refusedBefore = server.refused;
        time.turn(Duration.ofSeconds(100));

        // Then
        assertThat(server.asked - before).isBetween(8_000, 11_000);
        assertThat(server.refused - refusedBefore).isLessThan(200);

        // And when the store throttles no more
        server.allowed = Integer.MAX_VALUE;
        time.turn(Duration.ofSeconds(120));
        int free = server.asked;
        time.turn(Duration.ofSeconds(1));
        assertThat(server.asked - free).isGreaterThan(3_000);
    }

    @Test
    void aLimitedProviderIsBackAtItsLimitAndNotAboveIt() {
        pace.limit(new Rates(100, Double.POSITIVE_INFINITY));
        server.allowed = Integer.MAX_VALUE;
        for (int asker = 0; asker < 64; asker++) {
            ask();
        }
        time.turn(Duration.ofSeconds(5));
        pace.throttled(pace.sent(), NOW);
        int before = server.asked;
        time.turn(Duration.ofSeconds(1));
        assertThat(server.asked - before).isLessThan(70);

        time.turn(Duration.ofSeconds(30));
        before = server.asked;
        time.turn(Duration.ofSeconds(10));

        assertThat(server.asked - before).isBetween(990, 1_010);
    }

    @Test
    void afterARestLessIsAskedThanBefore() {
        pace.limit(new Rates(100, Double.POSITIVE_INFINITY));
        server.allowed = Integer.MAX_VALUE;
        for (int asker = 0; asker < 64; asker++) {
            ask();
        }
        time.turn(Duration.ofSeconds(5));
        pace.throttled(pace.sent(), Optional.of(Duration.ofSeconds(5)));
        time.turn(Duration.ofSeconds(5));
        int before = server.asked;

        time.turn(Duration.ofSeconds(1));

        assertThat(server.asked - before).isBetween(50, 80);
    }

    @Test
    void aRefusalNowAndThenIsNoise() {
        for (int request = 1; request <= 6_000; request++) {
            long sentAt = pace.sent();
            if (request % 50 == 0) {
                pace.throttled(sentAt, Optional.empty());
            }
            time.turn(Duration.ofMillis(10));
        }
        assertThat(pace.isFree()).isTrue();
        time.turn(Duration.ofSeconds(60));
        pace.throttled(pace.sent(), Optional.empty());
        assertThat(pace.isFree()).isTrue();

        pace.throttled(pace.sent(), Optional.empty());

        assertThat(pace.isFree()).isFalse();
    }

    @Test
    void itGoesAwayWhenNobodyIsHeldBackAndTheStoreIsQuiet() {
        pace.throttled(pace.sent(), NOW);
        assertThat(pace.isFree()).isFalse();
        time.turn(Duration.ofSeconds(29));
        assertThat(pace.request()).isCompleted();
        assertThat(pace.isFree()).isFalse();
        time.turn(Duration.ofSeconds(2));
        assertThat(pace.request()).isCompleted();
        assertThat(pace.isFree()).isTrue();
    }

    /** Asks, waits for the answer, asks again. */
    private void ask() {
        CompletableFuture<Void> turn = pace.isFree() ? CompletableFuture.completedFuture(null) : pace.request();
        CompletableFuture<Void> unused = turn.thenRun(() -> {
            long sentAt = pace.sent();
            boolean refused = server.refuses();
            time.after(ROUND_TRIP.toNanos(), () -> {
                if (refused) {
                    pace.throttled(sentAt, server.retryAfter);
                }
                ask();
            });
        });
    }

    /** Counts by seconds, as stores do. */
    private final class Server {
        private int allowed;
        private Optional<Duration> retryAfter = Optional.empty();
        private int asked;
        private int refused;
        private long second = Long.MIN_VALUE;
        private int inSecond;

        private boolean refuses() {
            asked++;
            long now = Math.floorDiv(time.nanoTime(), SECOND);
            inSecond = now == second ? inSecond + 1 : 1;
            second = now;
            if (inSecond > allowed) {
                refused++;
                return true;
            }
            return false;
        }
    }
}
