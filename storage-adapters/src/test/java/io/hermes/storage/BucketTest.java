package io.hermes.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BucketTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    /** A clock may begin anywhere. */
    private static final long START = Long.MAX_VALUE - SECOND;

    private final Bucket bucket = new Bucket(START);

    @Test
    void afterAPauseAQuarterOfASecondPassesAtOnceAndNoMore() {
        bucket.rate(40, START);
        long now = START + 60 * SECOND;

        assertThat(takenAt(now)).isEqualTo(10);
        assertThat(takenAt(now)).isZero();
        assertThat(takenAt(now + SECOND / 40)).isEqualTo(1);
    }

    @Test
    void theSlowestBucketHoldsOne() {
        bucket.rate(0.1, START);
        assertThat(takenAt(START)).isEqualTo(1);
        assertThat(bucket.ready(START + 9 * SECOND)).isFalse();
        assertThat(takenAt(START + 60 * SECOND)).isEqualTo(1);
    }

    @Test
    void whatIsLargerThanTheBucketPassesAndIsPaidForAfterwards() {
        bucket.rate(1000, START);
        assertThat(bucket.ready(START)).isTrue();

        bucket.take(10_000);

        assertThat(bucket.ready(START + 9 * SECOND)).isFalse();
        assertThat(bucket.nanosUntilReady()).isEqualTo(SECOND);
        assertThat(bucket.ready(START + 10 * SECOND)).isTrue();
    }

    @Test
    void theAverageIsTheRateWhateverIsTaken() {
        bucket.rate(1000, START);
        double taken = 0;
        long now = START;
        for (int turn = 1; now - START < 1000 * SECOND; turn++) {
            assertThat(bucket.ready(now)).isTrue();
            double piece = 1 + turn * 37 % 5000;
            bucket.take(piece);
            taken += piece;
            bucket.ready(now);
            now += Math.max(1, bucket.nanosUntilReady());
        }
        assertThat(taken / ((now - START) / (double) SECOND)).isBetween(999.0, 1001.0);
    }

    @Test
    void aDebtIsPaidAtTheNewRate() {
        bucket.rate(100, START);
        bucket.take(101);
        bucket.rate(10, START);
        assertThat(bucket.ready(START + 9 * SECOND)).isFalse();
        assertThat(bucket.ready(START + 11 * SECOND)).isTrue();
    }

    @Test
    void atARateOfNothingNobodyEverPassesAndWithoutOneEverybodyDoes() {
        bucket.rate(0, START);
        bucket.take(1);
        assertThat(bucket.ready(START + 3600 * SECOND)).isFalse();
        assertThat(bucket.nanosUntilReady()).isEqualTo(Long.MAX_VALUE);

        bucket.rate(Double.POSITIVE_INFINITY, START + 3600 * SECOND);
        bucket.take(1e12);
        assertThat(bucket.ready(START + 3600 * SECOND)).isTrue();
    }

    private int takenAt(long now) {
        int taken = 0;
        for (; bucket.ready(now); taken++) {
            bucket.take(1);
        }
        return taken;
    }
}
