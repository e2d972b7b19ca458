package io.hermes.worker.task;

import static io.hermes.worker.testing.Documents.keysOf;
import static io.hermes.worker.testing.Documents.put;
import static io.hermes.worker.testing.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.worker.WorkerConfig;
import io.hermes.worker.testing.FaultyStoreFactory;
import io.hermes.worker.testing.Offsets;
import io.hermes.worker.testing.Providers;
import io.hermes.worker.testing.TaskBuilder;
import io.hermes.worker.testing.Topics;
import io.hermes.worker.testing.WorkerThatSeldomReports;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A slow report must not slow the transfers down: how many documents a second a worker moves does not depend on how often it reports. */
@QuarkusTest
@TestProfile(WorkerThatSeldomReports.class)
class UntoldOutcomesTest {

    @Inject
    ObjectMapper json;

    @Inject
    FaultyStoreFactory stores;

    @Inject
    WorkerConfig config;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void theyHoldNoPlaceInTheWorkerAndTheirRecordsStayUnacknowledged() {
        int documents = 5 * (config.slots() + config.waitingRoom());
        UUID source = Providers.register("faulty", Map.of(), Map.of());
        UUID destination = Providers.register("faulty", Map.of("path_template", "{path}"), Map.of());
        List<Topics.Place> places = new ArrayList<>();
        try (Topics topics = new Topics(bootstrapServers, json);
                Offsets offsets = new Offsets(bootstrapServers)) {
            for (int number = 1; number <= documents; number++) {
                put(stores.sound(source), "document-" + number, text("content"));
                places.add(topics.send(new TaskBuilder(source, destination, "document-" + number)
                        .item(number)
                        .build()));
            }

            await().untilAsserted(
                            () -> assertThat(keysOf(stores.sound(destination))).hasSize(documents));
            assertThat(places.stream().filter(place -> offsets.committed(place) > place.offset()))
                    .hasSizeLessThan(documents / 2);
        }
    }
}
