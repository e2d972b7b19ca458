package io.hermes.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioTest {

    @Test
    void oneIsChosenByItsLabel() {
        assertThat(Scenario.named("three-workers")).containsExactly(Scenario.THREE_WORKERS);
        assertThat(Scenario.named("all")).isEqualTo(List.of(Scenario.values()));
        assertThat(Scenario.named("control-plane")).isEmpty();
        assertThatThrownBy(() -> Scenario.named("three"))
                .hasMessageContaining("'three'")
                .hasMessageContaining("three-workers");
    }

    @Test
    void thePeerTakesPartInAllButOne() {
        assertThat(Scenario.values())
                .filteredOn(scenario -> !scenario.isDuel())
                .containsExactly(Scenario.THREE_WORKERS);
    }
}
