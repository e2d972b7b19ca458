package io.hermes.orchestrator.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hermes.contract.task.CopyTask;
import io.hermes.contract.task.MigrationTask;
import io.hermes.contract.task.SourceDocument;
import io.hermes.contract.task.TaskRef;
import io.hermes.contract.topic.Topic;
import io.hermes.orchestrator.item.ReadyItem;
import io.hermes.orchestrator.outbox.OutboxRow;
import io.hermes.orchestrator.plan.FilterCriteria;
import io.hermes.orchestrator.state.JobTerms;
import io.hermes.orchestrator.state.LockedJob;

/** Writes the copy task of an item's next dispatch. */
final class CopyTasks {

    private static final ObjectWriter JSON = JsonMapper.builder().build().writerFor(MigrationTask.class);

    private CopyTasks() {}

    /** The outbox row of the dispatch that raises the item's epoch by one. */
    static OutboxRow row(LockedJob job, ReadyItem item, CopyTask.ContentFilter filter) {
        TaskRef ref = new TaskRef(job.uuid(), job.id(), item.id(), item.epoch() + 1);
        CopyTask task = task(job, item, ref, filter);
        String type = item.epoch() == 0 ? OutboxRow.CREATED : OutboxRow.RETRY;
        return new OutboxRow(0, job.id(), item.id(), task.idempotentKey(), type, Topic.TASKS.name(), json(task));
    }

    /** What only the documents can tell, or {@code null} if everything passes. */
    static CopyTask.ContentFilter filter(LockedJob job) {
        return FilterCriteria.parse(job.terms().filterCriteria())
                .contentFilter()
                .orElse(null);
    }

    private static CopyTask task(LockedJob job, ReadyItem item, TaskRef ref, CopyTask.ContentFilter filter) {
        JobTerms terms = job.terms();
        return new CopyTask(
                MigrationTask.VERSION,
                ref,
                ref.idempotentKey(CopyTask.KIND),
                new SourceDocument(terms.source(), item.sourceKey(), item.sourceRevision(), item.size()),
                terms.destination(),
                item.documentUuid(),
                terms.conflictPolicy(),
                terms.verify(),
                terms.dryRun(),
                Math.ceilDiv(terms.concurrency(), job.workers()),
                item.replacedRevision(),
                filter);
    }

    private static String json(CopyTask task) {
        try {
            return JSON.writeValueAsString(task);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a task is plain data", impossible);
        }
    }
}
