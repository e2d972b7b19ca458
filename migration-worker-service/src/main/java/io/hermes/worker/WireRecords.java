package io.hermes.worker;

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
import io.hermes.contract.permit.PermitGrant;
import io.hermes.contract.permit.PermitRequest;
import io.hermes.contract.task.CompareTask;
import io.hermes.contract.task.CopyTask;
import io.hermes.contract.task.MigrationTask;
import io.hermes.contract.task.ReleaseTask;
import io.hermes.contract.task.SourceDocument;
import io.hermes.contract.task.TaskRef;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** The records that Jackson reads or writes here, told to the native image. */
@RegisterForReflection(
        targets = {
            MigrationTask.class,
            CopyTask.class,
            CopyTask.ContentFilter.class,
            CompareTask.class,
            ReleaseTask.class,
            ReleaseTask.VerifiedCopy.class,
            SourceDocument.class,
            TaskRef.class,
            EventBatch.class,
            MigrationEvent.class,
            TaskEvent.class,
            Started.class,
            Succeeded.class,
            Compared.class,
            Skipped.class,
            Failed.class,
            Deferred.class,
            Released.class,
            Heartbeat.class,
            Heartbeat.Held.class,
            Heartbeat.Throughput.class,
            PermitRequest.class,
            PermitRequest.PermitItem.class,
            PermitGrant.class
        })
final class WireRecords {

    private WireRecords() {}
}
