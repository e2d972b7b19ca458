package io.hermes.worker.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.contract.event.EventBatch;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.worker.WorkerIdentity;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** Sends batches and tries again for as long as the worker lives: an outcome that cannot be told must not be forgotten. */
@ApplicationScoped
class EventTopic {

    private static final Logger LOG = Logger.getLogger(EventTopic.class);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);
    /** Below the broker's default limit of 1 MiB a record, with room for headers. */
    private static final int LARGEST_RECORD = 900_000;

    private final MutinyEmitter<byte[]> events;
    private final ObjectMapper json;
    private final String workerId;

    EventTopic(@Channel("events") MutinyEmitter<byte[]> events, ObjectMapper json, WorkerIdentity identity) {
        this.events = events;
        this.json = json;
        this.workerId = identity.id();
    }

    /** Completes when the broker has acknowledged all of them. */
    Uni<Void> send(List<MigrationEvent> batch) {
        byte[] value = encode(batch);
        if (value.length > LARGEST_RECORD && batch.size() > 1) {
            int half = batch.size() / 2;
            return send(batch.subList(0, half)).chain(() -> send(batch.subList(half, batch.size())));
        }
        return Uni.createFrom()
                .deferred(() -> events.sendMessage(message(value)))
                .onFailure()
                .invoke(failure -> LOG.warnf("events were not acknowledged, trying again: %s", failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(FIRST_BACKOFF, LONGEST_BACKOFF)
                .indefinitely();
    }

    private Message<byte[]> message(byte[] value) {
        return Message.of(value)
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(workerId)
                        .build());
    }

    private byte[] encode(List<MigrationEvent> batch) {
        try {
            return json.writeValueAsBytes(new EventBatch(EventBatch.VERSION, workerId, Instant.now(), batch));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("an event record has a JSON form", impossible);
        }
    }
}
