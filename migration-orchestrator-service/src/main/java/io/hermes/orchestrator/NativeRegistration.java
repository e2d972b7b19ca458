package io.hermes.orchestrator;

import io.hermes.contract.event.Compared;
import io.hermes.contract.event.Deferred;
import io.hermes.contract.event.EventBatch;
import io.hermes.contract.event.Failed;
import io.hermes.contract.event.Heartbeat;
import io.hermes.contract.event.MigrationEvent;
import io.hermes.contract.event.Released;
import io.hermes.contract.event.Skipped;
import io.hermes.contract.event.Started;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.job.ConflictPolicy;
import io.hermes.contract.job.Strategy;
import io.hermes.contract.job.Verify;
import io.hermes.contract.task.CompareTask;
import io.hermes.contract.task.CopyTask;
import io.hermes.contract.task.MigrationTask;
import io.hermes.contract.task.ReleaseTask;
import io.hermes.contract.task.SourceDocument;
import io.hermes.contract.task.TaskRef;
import io.hermes.orchestrator.plan.FilterCriteria;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Records that Jackson reads and writes here without a REST route that would tell Quarkus about them. */
@RegisterForReflection(
        targets = {
            EventBatch.class,
            MigrationEvent.class,
            TaskEvent.class,
            Started.class,
            Heartbeat.class,
            Heartbeat.Held.class,
            Heartbeat.Throughput.class,
            Succeeded.class,
            Compared.class,
            Skipped.class,
            Skipped.Reason.class,
            Failed.class,
            Deferred.class,
            Deferred.Reason.class,
            Released.class,
            MigrationTask.class,
            CopyTask.class,
            CopyTask.ContentFilter.class,
            CompareTask.class,
            ReleaseTask.class,
            ReleaseTask.VerifiedCopy.class,
            SourceDocument.class,
            TaskRef.class,
            ConflictPolicy.class,
            Strategy.class,
            Verify.class,
            FilterCriteria.class
        })
final class NativeRegistration {

    private NativeRegistration() {}
}
