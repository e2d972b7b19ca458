package io.hermes.worker.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A worker as it runs: nothing of Quarkus is wrapped around the steps of a document. */
@QuarkusTest
class ContextsTest {

    @Test
    void stepsAreCarriedOutAsTheyAre() {
        Function<String, String> step = String::strip;
        assertThat(Infrastructure.decorate(step)).isSameAs(step);
    }
}
