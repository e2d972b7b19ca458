package io.hermes.orchestrator.outbox;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaProducer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.Nullable;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** Sends outbox rows to the broker and says what became of each. */
@ApplicationScoped
class TaskChannel {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Neighbours that share a partition, so that the broker gets a batch for every few tasks instead of one for each; few enough that
     * a window is spread over all workers. The order of tasks means nothing.
     */
    private static final int NEIGHBOURS = 8;

    private static final String CHANNEL = "tasks-out";

    private final KafkaClientService producers;

    /** @param emitter not used: a channel has a producer only if somebody may send to it */
    TaskChannel(@Channel(CHANNEL) MutinyEmitter<byte[]> emitter, KafkaClientService producers) {
        this.producers = producers;
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

    /**
     * Sends rows and waits for the acknowledgements, ten seconds at most. Never fails. The producer itself is asked, since a message of
     * its own for each task cost this service more than the task.
     *
     * @return what became of each, in the order of the rows
     */
    Uni<List<Fate>> sendAll(List<OutboxRow> rows) {
        Answers answers = new Answers(rows);
        return Uni.createFrom()
                .deferred(() -> hand(rows, answers))
                .chain(answers::complete)
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithUni(Uni.createFrom().voidItem())
                .onFailure()
                .recoverWithItem(answers::fail)
                .map(ended -> answers.end())
                .emitOn(context());
    }

    private Uni<Void> hand(List<OutboxRow> rows, Answers answers) {
        KafkaProducer<String, byte[]> producer = producers.getProducer(CHANNEL);
        return producer.runOnSendingThread(kafka -> {
            rows.forEach(row -> send(kafka, row, answers));
        });
    }

    /** What follows goes on where the caller is, and not on a thread of the producer. */
    private static Executor context() {
        Context context = Vertx.currentContext();
        return context == null
                ? Infrastructure.getDefaultExecutor()
                : work -> context.runOnContext(ignored -> work.run());
    }

    /** May wait for the topic's partitions; whatever comes after the time is up is not sent any more. */
    private static void send(Producer<String, byte[]> kafka, OutboxRow row, Answers answers) {
        if (answers.ended()) {
            return;
        }
        try {
            var unused = kafka.send(record(row), (sent, failure) -> answers.put(row, fate(row, failure)));
        } catch (RuntimeException refused) {
            answers.put(row, fate(row, refused));
        }
    }

    private static ProducerRecord<String, byte[]> record(OutboxRow row) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("event_type", bytes(row.eventType()));
        headers.add("job_id", bytes(String.valueOf(row.jobId())));
        headers.add("idempotent_key", bytes(row.idempotentKey()));
        String key = String.valueOf(row.itemId() / NEIGHBOURS);
        return new ProducerRecord<>(row.topic(), null, key, bytes(row.payload()), headers);
    }

    private static Fate fate(OutboxRow row, @Nullable Throwable failure) {
        if (failure == null) {
            return new Fate.Sent(row);
        }
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
