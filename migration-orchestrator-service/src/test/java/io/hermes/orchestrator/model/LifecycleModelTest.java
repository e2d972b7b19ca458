package io.hermes.orchestrator.model;

import io.hermes.orchestrator.testing.DrivenEngine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The engine on a real database against the {@link Model}: users, two replicas, two workers, the broker and the clock do whatever they may,
 * in any order. After every command the database must hold what the model holds, and once the faults have stopped every job ends.
 */
@QuarkusTest
@TestProfile(DrivenEngine.class)
class LifecycleModelTest extends ModelTest {

    @Test
    void whateverHappensTheEngineDoesWhatTheSpecificationSays() {
        new Sequences<>(Commands::sequence, this::run).check(120, Duration.ofSeconds(60));
    }

    @Test
    @Tag("full")
    void andGoesOnDoingSo() {
        new Sequences<>(Commands::sequence, this::run).check(3000);
    }
}
