package io.hermes.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.worker.testing.SmallWorker;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What the consumer of tasks does unless it is told otherwise would end or skip work (RELIABILITY §1, facts 3 and 4). */
@QuarkusTest
@TestProfile(SmallWorker.class)
class ConsumerSettingsTest {

    @ConfigProperty(name = "mp.messaging.incoming.tasks.throttled.unprocessed-record-max-age.ms")
    long mostAge;

    @ConfigProperty(name = "mp.messaging.incoming.tasks.auto.offset.reset")
    String firstOffset;

    @Test
    void aLongTaskDoesNotCloseTheConsumer() {
        assertThat(mostAge).isZero();
    }

    @Test
    void tasksFromBeforeTheFirstCommitAreNotSkipped() {
        assertThat(firstOffset).isEqualTo("earliest");
    }
}
