package io.hermes.contract.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hermes.contract.task.TaskRef;
import java.util.List;
import java.util.UUID;

/**
 * Both sides of a document were read, or the destination was seen to have none. A difference is told only of revisions that were still
 * the present ones afterwards.
 *
 * @param ref the dispatch
 * @param documentUuid the document's identity, found or derived
 * @param destKey key at which the destination was looked at
 * @param sourceHash SHA-256 of the source's bytes, 64 lower-case hex characters
 * @param destHash SHA-256 of the destination's bytes, {@code null} if it has no such document
 * @param sourceRevision the revision that was read
 * @param destRevision the revision that was read, {@code null} if there is none
 * @param bytes size of the source document
 * @param destBytes size of the destination document, {@code null} if there is none
 * @param durationMillis from slot to answer
 * @param requests requests sent to both stores
 * @param metadataDifferences names of metadata that differ although the bytes are the same, usually empty
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Compared(
        TaskRef ref,
        UUID documentUuid,
        String destKey,
        String sourceHash,
        String destHash,
        String sourceRevision,
        String destRevision,
        long bytes,
        Long destBytes,
        long durationMillis,
        int requests,
        List<String> metadataDifferences)
        implements TaskEvent {

    public Compared {
        metadataDifferences = metadataDifferences == null ? List.of() : List.copyOf(metadataDifferences);
    }
}
