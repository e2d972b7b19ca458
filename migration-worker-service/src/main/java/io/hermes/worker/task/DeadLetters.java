package io.hermes.worker.task;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/** Puts aside what cannot be read, with the place it came from and the reason. Nothing else ever goes there. */
@ApplicationScoped
class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

    private final MutinyEmitter<byte[]> letters;

    DeadLetters(@Channel("dead-letters") MutinyEmitter<byte[]> letters) {
        this.letters = letters;
    }

    /** Completes when the broker has the record; only then may the original be acknowledged. */
    Uni<Void> put(Message<byte[]> original, String reason) {
        Headers headers = headers(original, reason);
        LOG.warnf("a task record goes to the dead letters: %s", reason);
        return Uni.createFrom()
                .deferred(() -> letters.sendMessage(Message.of(original.getPayload())
                        .addMetadata(OutgoingKafkaRecordMetadata.builder()
                                .withHeaders(headers)
                                .build())))
                .onFailure()
                .retry()
                .withBackOff(FIRST_BACKOFF, LONGEST_BACKOFF)
                .indefinitely();
    }

    private static Headers headers(Message<byte[]> original, String reason) {
        Headers headers = new RecordHeaders().add("reason", bytes(reason));
        original.getMetadata(IncomingKafkaRecordMetadata.class)
                .ifPresent(from -> headers.add("original-topic", bytes(from.getTopic()))
                        .add("original-partition", bytes(Integer.toString(from.getPartition())))
                        .add("original-offset", bytes(Long.toString(from.getOffset()))));
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
