package io.hermes.orchestrator.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hermes.contract.task.CompareTask;
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

/** Writes the task of an item's next dispatch: a comparison where the job only verifies, else a copy. */
final class Tasks {

    private static final ObjectWriter JSON = JsonMapper.builder().build().writerFor(MigrationTask.class);

    private Tasks() {}

    /** The outbox row of the dispatch that raises the item's epoch by one. */
    static OutboxRow row(LockedJob job, ReadyItem item, CopyTask.ContentFilter filter) {
        TaskRef ref = new TaskRef(job.uuid(), job.id(), item.id(), item.epoch() + 1);
        MigrationTask task = switch (job.terms().strategy()) {
            case COPY, MOVE, MIRROR -> copy(job, item, ref, filter);
            case VERIFY -> comparison(job, item, ref, filter);
        };
        String type = item.epoch() == 0 ? OutboxRow.CREATED : OutboxRow.RETRY;
        return new OutboxRow(0, job.id(), item.id(), task.idempotentKey(), type, Topic.TASKS.name(), json(task));
    }

    /** What only the documents can tell, or {@code null} if everything passes. */
    static CopyTask.ContentFilter filter(LockedJob job) {
        return FilterCriteria.parse(job.terms().filterCriteria())
                .contentFilter()
                .orElse(null);
    }

    private static MigrationTask copy(LockedJob job, ReadyItem item, TaskRef ref, CopyTask.ContentFilter filter) {
        JobTerms terms = job.terms();
        return new CopyTask(
                MigrationTask.VERSION,
                ref,
                ref.idempotentKey(CopyTask.KIND),
                source(terms, item),
                terms.destination(),
                item.documentUuid(),
                terms.conflictPolicy(),
                terms.verify(),
                terms.dryRun(),
                Math.ceilDiv(terms.concurrency(), job.workers()),
                item.replacedRevision(),
                filter);
    }

    private static MigrationTask comparison(LockedJob job, ReadyItem item, TaskRef ref, CopyTask.ContentFilter filter) {
        JobTerms terms = job.terms();
        return new CompareTask(
                MigrationTask.VERSION,
                ref,
                ref.idempotentKey(CompareTask.KIND),
                source(terms, item),
                terms.destination(),
                Math.ceilDiv(terms.concurrency(), job.workers()),
                filter);
    }

    private static SourceDocument source(JobTerms terms, ReadyItem item) {
        return new SourceDocument(terms.source(), item.sourceKey(), item.sourceRevision(), item.size());
    }

    private static String json(MigrationTask task) {
        try {
            return JSON.writeValueAsString(task);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a task is plain data", impossible);
        }
    }
}
