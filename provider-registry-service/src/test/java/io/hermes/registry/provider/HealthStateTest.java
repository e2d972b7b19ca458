package io.hermes.registry.provider;

import static io.hermes.registry.provider.HealthStatus.DEGRADED;
import static io.hermes.registry.provider.HealthStatus.HEALTHY;
import static io.hermes.registry.provider.HealthStatus.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a row of looks comes to, with the default settings. */
class HealthStateTest {

    private static final HealthSettings SETTINGS = new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 200, new DurationConverter())
            .withMapping(HealthSettings.class)
            .build()
            .getConfigMapping(HealthSettings.class);

    private static Arguments looks(List<HealthStatus> seen, List<HealthStatus> told) {
        return Arguments.of(seen, told);
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                looks(List.of(UNHEALTHY), List.of(UNHEALTHY)),
                looks(
                        List.of(HEALTHY, UNHEALTHY, HEALTHY, UNHEALTHY, HEALTHY),
                        List.of(HEALTHY, HEALTHY, HEALTHY, HEALTHY, HEALTHY)),
                looks(
                        List.of(HEALTHY, UNHEALTHY, UNHEALTHY, UNHEALTHY, UNHEALTHY),
                        List.of(HEALTHY, HEALTHY, DEGRADED, UNHEALTHY, UNHEALTHY)),
                looks(List.of(HEALTHY, DEGRADED, UNHEALTHY), List.of(HEALTHY, HEALTHY, DEGRADED)),
                looks(
                        List.of(HEALTHY, DEGRADED, DEGRADED, DEGRADED, HEALTHY, DEGRADED, HEALTHY, HEALTHY),
                        List.of(HEALTHY, HEALTHY, DEGRADED, DEGRADED, DEGRADED, DEGRADED, DEGRADED, HEALTHY)),
                looks(
                        List.of(UNHEALTHY, HEALTHY, UNHEALTHY, DEGRADED, HEALTHY),
                        List.of(UNHEALTHY, UNHEALTHY, UNHEALTHY, UNHEALTHY, HEALTHY)),
                looks(List.of(UNHEALTHY, DEGRADED, DEGRADED), List.of(UNHEALTHY, UNHEALTHY, DEGRADED)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void oneLookChangesNothing(List<HealthStatus> seen, List<HealthStatus> told) {
        // Given
        HealthState state = new HealthState(null, 0, 0, 0);
        List<HealthStatus> statuses = new ArrayList<>();

        // When
        for (HealthStatus look : seen) {
            state = state.after(look, SETTINGS);
            statuses.add(state.status());
        }

        // Then
        assertThat(statuses).isEqualTo(told);
    }

    @Test
    void aLookThatWasAskedForCountsAtOnceAndFailuresGoOnBeingCounted() {
        HealthState failing = new HealthState(HEALTHY, 1, 0, 1).asked(UNHEALTHY);
        assertThat(failing).isEqualTo(new HealthState(UNHEALTHY, 0, 0, 2));
        assertThat(failing.asked(HEALTHY)).isEqualTo(new HealthState(HEALTHY, 0, 0, 0));
    }
}
