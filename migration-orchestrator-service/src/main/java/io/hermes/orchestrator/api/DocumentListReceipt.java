package io.hermes.orchestrator.api;

import io.hermes.orchestrator.job.JobDefinition;
import io.hermes.orchestrator.ledger.KeyUpload;
import java.util.UUID;

/**
 * What was taken from a file of documents.
 *
 * @param documents that the job is about now, each once
 * @param repeated lines that named a document which stood in the file before
 */
public record DocumentListReceipt(long jobId, UUID jobUuid, int documents, int repeated) {
    DocumentListReceipt(JobDefinition job, KeyUpload.Receipt receipt) {
        this(job.id(), job.jobUuid(), receipt.documents(), receipt.repeated());
    }
}
