package io.hermes.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StackPlanTest {

    @Test
    void recordsOnRequestOnly() {
        assertThat(StackPlan.ofWorkers(1).records()).isFalse();
        assertThat(StackPlan.ofWorkers(1)
                        .recording()
                        .with("HERMES_MIGRATION_LEASE", "6s")
                        .records())
                .isTrue();
    }

    @Test
    void recordsOneOfEachService() {
        StackPlan two = StackPlan.ofWorkers(2);

        assertThatThrownBy(two::recording).isInstanceOf(IllegalArgumentException.class);
    }
}
