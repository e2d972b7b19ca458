package io.hermes.orchestrator.project;

import io.hermes.orchestrator.project.EventJson.Parsed;
import io.hermes.orchestrator.state.Transactions;
import io.hermes.orchestrator.state.WorkReady;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Reads the workers' events. A poll is acknowledged when everything in it is committed: database errors are waited out here, and
 * nothing is ever rejected, because a rejected record would stop the consumer or lose the record.
 */
@ApplicationScoped
class Projector {

    private static final Logger LOG = Logger.getLogger(Projector.class);
    private static final int CHUNK = 500;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Transactions transactions;
    private final Projection projection;
    private final DeadLetters deadLetters;
    private final Event<WorkReady> ready;

    Projector(Transactions transactions, Projection projection, DeadLetters deadLetters, Event<WorkReady> ready) {
        this.transactions = transactions;
        this.projection = projection;
        this.deadLetters = deadLetters;
        this.ready = ready;
    }

    @Incoming("events")
    Uni<Void> project(ConsumerRecords<String, byte[]> poll) {
        return Multi.createFrom()
                .iterable(poll)
                .onItem()
                .transformToUniAndConcatenate(this::parse)
                .collect()
                .asList()
                .chain(this::projectAll);
    }

    private Uni<List<Report>> parse(ConsumerRecord<String, byte[]> record) {
        return switch (EventJson.parse(record.value())) {
            case Parsed.Reports parsed -> Uni.createFrom().item(parsed.reports());
            case Parsed.Garbage garbage ->
                deadLetters.keep(record, garbage.why()).replaceWith(List.of());
        };
    }

    private Uni<Void> projectAll(List<List<Report>> batches) {
        List<Report> all = batches.stream().flatMap(List::stream).toList();
        return Multi.createFrom()
                .iterable(chunks(all))
                .onItem()
                .transformToUniAndConcatenate(this::projectChunk)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Commits a chunk, however long the database takes. */
    Uni<Void> projectChunk(List<Report> chunk) {
        return transactions
                .once(tx -> projection.project(tx, chunk))
                .onFailure(Transactions::isTransient)
                .invoke(failure -> LOG.warnf("projector waits for the database: %s", failure.toString()))
                .onFailure(Transactions::isTransient)
                .retry()
                .withBackOff(PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .invoke(jobs -> ready.fire(WorkReady.of(jobs)))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> isolate(chunk, failure));
    }

    /**
     * A failure that no repetition cures is a defect of ours. The reports are tried in halves, so that one of them stops nobody else;
     * the last one left is dropped: its item's lease lapses and it is done again.
     */
    private Uni<Void> isolate(List<Report> chunk, Throwable failure) {
        if (chunk.size() == 1) {
            LOG.errorf(failure, "projector drops a report that cannot be committed: %s", chunk.getFirst());
            return Uni.createFrom().voidItem();
        }
        int half = chunk.size() / 2;
        return projectChunk(chunk.subList(0, half)).chain(() -> projectChunk(chunk.subList(half, chunk.size())));
    }

    private static List<List<Report>> chunks(List<Report> reports) {
        List<List<Report>> chunks = new ArrayList<>();
        for (int from = 0; from < reports.size(); from += CHUNK) {
            chunks.add(reports.subList(from, Math.min(reports.size(), from + CHUNK)));
        }
        return chunks;
    }
}
