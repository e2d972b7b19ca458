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

    @ConfigProperty(name = "mp.messaging.incoming.provider-events.group.id")
    String providerEventsGroup;

    @ConfigProperty(name = "mp.messaging.incoming.provider-events.auto.offset.reset")
    String firstProviderEvent;

    @Test
    void aLongTaskDoesNotCloseTheConsumer() {
        assertThat(mostAge).isZero();
    }

    @Test
    void tasksFromBeforeTheFirstCommitAreNotSkipped() {
        assertThat(firstOffset).isEqualTo("earliest");
    }

    /** In one group the replicas would share the changes of providers; from the latest on they could miss one at their start. */
    @Test
    void everyReplicaHearsOfEveryChangeOfAProvider() {
        assertThat(providerEventsGroup).matches("hermes-provider-events-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(firstProviderEvent).isEqualTo("earliest");
    }
}
