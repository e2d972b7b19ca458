package io.hermes.orchestrator.outbox;

import io.hermes.orchestrator.outbox.TaskChannel.Fate;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/** The broker's answers about a batch, as they come in on threads of the producer. */
final class Answers {

    private final List<OutboxRow> rows;
    private final Map<Long, Fate> fates = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> all = new CompletableFuture<>();
    private volatile Throwable why = new TimeoutException("no acknowledgement in time");
    private volatile boolean ended;

    Answers(List<OutboxRow> rows) {
        this.rows = rows;
    }

    /** The answer about a row; the first one counts. */
    void put(OutboxRow row, Fate fate) {
        fates.putIfAbsent(row.id(), fate);
        if (fates.size() == rows.size()) {
            all.complete(null);
        }
    }

    /** Nobody answers any more, for this reason. */
    Void fail(Throwable failure) {
        why = failure;
        return null;
    }

    /** Completes when every row is answered. */
    Uni<Void> complete() {
        return Uni.createFrom().completionStage(all);
    }

    /** Whether nobody waits any more. */
    boolean ended() {
        return ended;
    }

    /** What is known by now; of the other rows nobody knows. */
    List<Fate> end() {
        ended = true;
        return rows.stream()
                .map(row -> {
                    Fate known = fates.get(row.id());
                    return known == null ? new Fate.Unknown(row, why) : known;
                })
                .toList();
    }
}
