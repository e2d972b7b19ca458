package io.hermes.orchestrator.outbox;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Sends outbox rows to the broker and says what became of each. */
@ApplicationScoped
class TaskChannel {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Neighbours that share a partition, so that the broker gets a batch for every few tasks instead of one for each; few enough that
     * a window is spread over all workers. The order of tasks means nothing.
     */
    private static final int NEIGHBOURS = 8;

    /** The relay bounds what is in the buffer: one batch. */
    private final MutinyEmitter<byte[]> emitter;

    TaskChannel(@Channel("tasks-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> emitter) {
        this.emitter = emitter;
    }

    /** What became of a row. */
    sealed interface Fate {

        OutboxRow row();

        /** The broker has it. */
        record Sent(OutboxRow row) implements Fate {}

        /** No broker will ever take it. */
        record Hopeless(OutboxRow row, String why) implements Fate {}

        /** Nobody knows; to be sent again. */
        record Unknown(OutboxRow row, Throwable why) implements Fate {}
    }

    /** Sends one row and waits for the acknowledgement, ten seconds at most. Never fails. */
    Uni<Fate> send(OutboxRow row) {
        return emitter.sendMessage(message(row))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .replaceWith((Fate) new Fate.Sent(row))
                .onFailure()
                .recoverWithItem(failure -> fate(row, failure));
    }

    private static Message<byte[]> message(OutboxRow row) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("event_type", bytes(row.eventType()));
        headers.add("job_id", bytes(String.valueOf(row.jobId())));
        headers.add("idempotent_key", bytes(row.idempotentKey()));
        return Message.of(bytes(row.payload()))
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withTopic(row.topic())
                        .withKey(String.valueOf(row.itemId() / NEIGHBOURS))
                        .withHeaders(headers)
                        .build());
    }

    private static Fate fate(OutboxRow row, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException
                    || cause instanceof SerializationException
                    || cause instanceof InvalidTopicException) {
                return new Fate.Hopeless(row, cause.getClass().getSimpleName());
            }
        }
        return new Fate.Unknown(row, failure);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
