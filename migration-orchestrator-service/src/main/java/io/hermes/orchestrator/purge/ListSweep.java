package io.hermes.orchestrator.purge;

import io.hermes.orchestrator.item.DocumentLists;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Deletes files of keys that never became a selection: their sender went away, or another file took their place. */
@ApplicationScoped
class ListSweep {

    private final DocumentLists lists;

    ListSweep(DocumentLists lists) {
        this.lists = lists;
    }

    @Scheduled(
            every = "${hermes.migration.purge.interval:10m}",
            delayed = "${hermes.migration.purge.interval:10m}",
            identity = "sweep-document-lists",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        return lists.abandoned()
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found))
                .onItem()
                .transformToUniAndConcatenate(lists::drop)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
