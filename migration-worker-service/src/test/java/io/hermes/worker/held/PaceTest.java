package io.hermes.worker.held;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.event.Heartbeat;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private long nanos = -5;
    private final Pace pace = new Pace(() -> nanos);

    @Test
    void everyMeasurementIsOfTheTimeSinceTheOneBefore() {
        pace.read(3000);
        pace.read(1000);
        pace.ended();
        pass(Duration.ofSeconds(2));
        assertThat(pace.measure()).isEqualTo(new Heartbeat.Throughput(0.5, 2000));

        pace.read(50);
        pass(Duration.ofSeconds(10));
        assertThat(pace.measure()).isEqualTo(new Heartbeat.Throughput(0, 5));
    }

    @Test
    void aMomentIsTooShortToBeMeasured() {
        pace.read(1000);
        pass(Duration.ofSeconds(1));
        Heartbeat.Throughput before = pace.measure();

        pace.read(1000);
        pass(Duration.ofMillis(100));
        assertThat(pace.measure()).isEqualTo(before);

        pass(Duration.ofMillis(1900));
        assertThat(pace.measure().bytes()).isEqualTo(500);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
