package io.hermes.registry.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharesTest {

    private static final Offset<Double> NEARLY = within(1e-6);

    private static double[] shares(double rate, double... needs) {
        return IntStream.range(0, needs.length)
                .mapToDouble(me -> Shares.fair(
                        rate,
                        needs[me],
                        IntStream.range(0, needs.length).filter(it -> it != me).mapToDouble(it -> needs[it])))
                .toArray();
    }

    @Test
    void whoeverIsAloneHasEverything() {
        assertThat(shares(100, 0)).containsExactly(100);
        assertThat(shares(100, 1000)).containsExactly(100);
    }

    @Test
    void whoNeedsMoreThanThereIsSharesEqually() {
        assertThat(shares(100, 1000, 200, 100_000, 50)).containsExactly(new double[] {25, 25, 25, 25}, NEARLY);
    }

    @Test
    void whatAnIdleHolderLeavesGoesToTheBusyOne() {
        double[] shares = shares(100, 0, 1000);

        assertThat(shares[0]).isGreaterThan(0).isLessThan(5);
        assertThat(shares[1]).isGreaterThan(95);
    }

    @Test
    void whoNeedsLittleHasRoomToGrow() {
        double[] shares = shares(100, 10, 1000, 1000);

        assertThat(shares[0]).isGreaterThan(12).isLessThan(20);
        assertThat(shares[1]).isEqualTo(shares[2], NEARLY).isGreaterThan(40);
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    /** Nothing is kept back, nobody gets nothing, more need is never less share, and nobody has more than an equal part before all have enough. */
    @ParameterizedTest
    @MethodSource("seeds")
    void anyNeedsAreDividedFairly(int seed) {
        Random random = new Random(seed);
        double rate = Math.pow(10, random.nextInt(-2, 10));
        double[] needs = DoubleStream.generate(
                        () -> random.nextInt(3) == 0 ? 0 : rate * Math.pow(random.nextDouble(), 4) * 3)
                .limit(random.nextInt(1, 40))
                .sorted()
                .toArray();

        double[] shares = shares(rate, needs);

        Offset<Double> exactly = within(rate * 1e-9);
        assertThat(Arrays.stream(shares).sum()).isEqualTo(rate, exactly);
        for (int it = 0; it < needs.length; it++) {
            assertThat(shares[it]).isGreaterThan(0);
            if (it > 0) {
                assertThat(shares[it]).isGreaterThanOrEqualTo(shares[it - 1] - rate * 1e-9);
            }
            if (shares[it] < needs[it]) {
                assertThat(shares[it]).isEqualTo(shares[needs.length - 1], exactly);
            }
        }
    }
}
