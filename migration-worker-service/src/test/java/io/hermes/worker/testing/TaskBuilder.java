package io.hermes.worker.testing;

import io.hermes.contract.job.ConflictPolicy;
import io.hermes.contract.job.Verify;
import io.hermes.contract.task.CompareTask;
import io.hermes.contract.task.CopyTask;
import io.hermes.contract.task.SourceDocument;
import io.hermes.contract.task.TaskRef;
import java.util.UUID;

/** A copy task as the dispatcher would make it, with what a test wants otherwise. */
public final class TaskBuilder {

    private final UUID source;
    private final UUID destination;
    private final String key;
    private UUID job = UUID.randomUUID();
    private long item = 1;
    private int epoch = 1;
    private String revision;
    private Long size;
    private ConflictPolicy policy = ConflictPolicy.SKIP_IDENTICAL;
    private Verify verify = Verify.STORE_CHECKED;
    private boolean dryRun;
    private String replacedRevision;
    private CopyTask.ContentFilter filter;

    public TaskBuilder(UUID source, UUID destination, String key) {
        this.source = source;
        this.destination = destination;
        this.key = key;
    }

    public TaskBuilder job(UUID value) {
        job = value;
        return this;
    }

    public TaskBuilder item(long value) {
        item = value;
        return this;
    }

    public TaskBuilder epoch(int value) {
        epoch = value;
        return this;
    }

    public TaskBuilder revision(String value) {
        revision = value;
        return this;
    }

    public TaskBuilder size(long value) {
        size = value;
        return this;
    }

    public TaskBuilder policy(ConflictPolicy value) {
        policy = value;
        return this;
    }

    public TaskBuilder verify(Verify value) {
        verify = value;
        return this;
    }

    public TaskBuilder dryRun() {
        dryRun = true;
        return this;
    }

    public TaskBuilder replacedRevision(String value) {
        replacedRevision = value;
        return this;
    }

    public TaskBuilder filter(CopyTask.ContentFilter value) {
        filter = value;
        return this;
    }

    /** A comparison of the same document. */
    public CompareTask comparison() {
        TaskRef ref = new TaskRef(job, 1, item, epoch);
        return new CompareTask(
                1,
                ref,
                ref.idempotentKey(CompareTask.KIND),
                new SourceDocument(source, key, revision, size),
                destination,
                4,
                filter);
    }

    public CopyTask build() {
        TaskRef ref = new TaskRef(job, 1, item, epoch);
        return new CopyTask(
                1,
                ref,
                ref.idempotentKey(CopyTask.KIND),
                new SourceDocument(source, key, revision, size),
                destination,
                null,
                policy,
                verify,
                dryRun,
                4,
                replacedRevision,
                filter);
    }
}
