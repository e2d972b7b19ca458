package io.hermes.orchestrator.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.orchestrator.testing.EngineTest;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What the consumer of events does unless it is told otherwise would lose them (RELIABILITY §1, facts 3 and 4). */
@QuarkusTest
class ConsumerSettingsTest extends EngineTest {

    @ConfigProperty(name = "mp.messaging.incoming.events.throttled.unprocessed-record-max-age.ms")
    long mostAge;

    @ConfigProperty(name = "mp.messaging.incoming.events.auto.offset.reset")
    String firstOffset;

    @Test
    void noAgeOfARecordClosesTheConsumer() {
        assertThat(mostAge).isZero();
    }

    @Test
    void recordsFromBeforeTheFirstCommitAreNotSkipped() {
        assertThat(firstOffset).isEqualTo("earliest");
    }
}
