package io.hermes.orchestrator.project;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Keeps what could not be parsed, as it came, on the dead-letter topic. */
@ApplicationScoped
class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final MutinyEmitter<byte[]> emitter;

    DeadLetters(
            @Channel("events-dlq") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> emitter) {
        this.emitter = emitter;
    }

    /** Sends the record there, however long the broker takes. */
    Uni<Void> keep(ConsumerRecord<String, byte[]> record, String why) {
        LOG.warnf(
                "unparsable event record partition=%d offset=%d: %s; kept on the dead-letter topic",
                record.partition(), record.offset(), why);
        return Uni.createFrom()
                .deferred(() -> emitter.sendMessage(message(record, why)))
                .onFailure()
                .retry()
                .withBackOff(PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    private static Message<byte[]> message(ConsumerRecord<String, byte[]> record, String why) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("reason", why.getBytes(StandardCharsets.UTF_8));
        headers.add(
                "origin",
                (record.topic() + "/" + record.partition() + "/" + record.offset()).getBytes(StandardCharsets.UTF_8));
        byte[] value = record.value() == null ? new byte[0] : record.value();
        return Message.of(value)
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(record.key())
                        .withHeaders(headers)
                        .build());
    }
}
