package io.hermes.orchestrator.api;

import io.hermes.orchestrator.job.CreateJob;
import io.hermes.orchestrator.job.JobTuning;
import io.hermes.orchestrator.job.ProviderRef;
import io.hermes.orchestrator.ledger.KeyUpload;
import io.hermes.orchestrator.state.FailureLimit;
import io.hermes.orchestrator.view.AttemptView;
import io.hermes.orchestrator.view.ErrorView;
import io.hermes.orchestrator.view.ItemView;
import io.hermes.orchestrator.view.JobView;
import io.hermes.orchestrator.view.ProgressView;
import io.hermes.orchestrator.view.TimelineView;
import io.hermes.orchestrator.view.ValidationError;
import io.hermes.orchestrator.view.WorkerView;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What Jackson reads and writes here, told to the native compiler once. */
@RegisterForReflection(
        targets = {
            CreateJob.class,
            JobTuning.class,
            FailureLimit.class,
            RetryItems.class,
            ProviderRef.class,
            JobView.class,
            JobView.Schedule.class,
            JobView.Selection.class,
            JobView.Progress.class,
            JobView.ValidationErrors.class,
            ValidationError.class,
            JobView.Links.class,
            ProgressView.class,
            ProgressView.Bytes.class,
            ProgressView.Validation.class,
            ProgressView.Workers.class,
            ProgressView.TopError.class,
            ItemView.class,
            AttemptView.class,
            ErrorView.class,
            ErrorView.Sample.class,
            TimelineView.class,
            WorkerView.class,
            WorkerView.Bytes.class,
            JobList.class,
            ItemList.class,
            ErrorList.class,
            TimelineList.class,
            DocumentListReceipt.class,
            KeyUpload.Fault.class,
            WorkerList.class
        })
final class NativeTypes {
    private NativeTypes() {}
}
