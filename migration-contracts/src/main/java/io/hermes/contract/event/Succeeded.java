package io.hermes.contract.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hermes.contract.job.Verify;
import io.hermes.contract.task.TaskRef;
import java.util.List;
import java.util.UUID;

/**
 * The document is at the destination, and its content is proven (ARCHITECTURE §4).
 *
 * @param ref the dispatch
 * @param documentUuid the document's identity, found or derived
 * @param destKey key at the destination
 * @param sourceHash SHA-256 of the bytes read, 64 lower-case hex characters
 * @param destHash SHA-256 of the bytes that the destination accepted or returned, 64 lower-case hex characters
 * @param sourceRevision the revision that was pinned and read
 * @param destRevision the revision that was written
 * @param replacedRevision the revision it replaced, {@code null} if the key was free
 * @param bytes size of the document
 * @param durationMillis from slot to proof
 * @param requests requests sent to both stores
 * @param verify how the content was proven
 * @param recovered {@code true} when an earlier delivery had already written the document and this one found our marker
 * @param metadataLoss names of metadata that the destination cannot hold, usually empty
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Succeeded(
        TaskRef ref,
        UUID documentUuid,
        String destKey,
        String sourceHash,
        String destHash,
        String sourceRevision,
        String destRevision,
        String replacedRevision,
        long bytes,
        long durationMillis,
        int requests,
        Verify verify,
        boolean recovered,
        List<String> metadataLoss)
        implements TaskEvent {

    public Succeeded {
        metadataLoss = metadataLoss == null ? List.of() : List.copyOf(metadataLoss);
    }
}
