package io.hermes.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeterTest {

    private static final double WORK_SECONDS = 0.3;

    @Test
    void countsWhatAProcessHasUsedSince() {
        Meter meter = Meter.on(Map.of("this test", ProcessHandle.current().pid()));
        long begin = System.nanoTime();
        long sum = 0;
        while (System.nanoTime() - begin < WORK_SECONDS * 1e9 * 2) {
            sum += System.nanoTime();
        }

        Usage usage = meter.read().getFirst();

        assertThat(sum).isNotZero();
        assertThat(usage.program()).isEqualTo("this test");
        assertThat(usage.cpuSeconds()).isPositive();
        assertThat(usage.peakBytes()).isGreaterThan(10_000_000);
    }

    @Test
    void aProcessThatIsGoneHasUsedNothing() {
        assertThat(Meter.on(Map.of("gone", Long.MAX_VALUE)).read()).containsExactly(new Usage("gone", 0, 0));
    }

    @Test
    void oneDisturbedRunDoesNotMoveTheMedian() {
        List<Run> runs = List.of(run(9), run(8), run(500), run(7), run(8.5));

        assertThat(Medians.of(runs, Run::seconds)).isEqualTo(8.5);
        assertThat(Medians.of(runs.subList(0, 4), Run::seconds)).isEqualTo(8.5);
        assertThat(Medians.of(List.of(), Run::seconds)).isNaN();
    }

    private static Run run(double seconds) {
        return new Run(seconds, List.of());
    }
}
