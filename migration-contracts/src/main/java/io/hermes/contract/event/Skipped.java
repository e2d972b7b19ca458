package io.hermes.contract.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.hermes.contract.task.TaskRef;
import java.util.Locale;
import java.util.UUID;

/**
 * Nothing had to be written.
 *
 * @param ref the dispatch
 * @param reason why
 * @param documentUuid the document's identity, {@code null} if it was not needed to decide
 * @param destKey key at the destination, {@code null} if it was not needed to decide
 * @param sourceHash SHA-256 of the source, {@code null} if it was not read
 * @param destHash SHA-256 of the destination, {@code null} if it was not read
 * @param sourceRevision the revision looked at
 * @param destRevision the revision looked at, {@code null} if there is none
 * @param bytes size of the source document
 * @param durationMillis from slot to decision
 * @param requests requests sent to both stores
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Skipped(
        TaskRef ref,
        Reason reason,
        UUID documentUuid,
        String destKey,
        String sourceHash,
        String destHash,
        String sourceRevision,
        String destRevision,
        long bytes,
        long durationMillis,
        int requests)
        implements TaskEvent {

    /** Why nothing was written. */
    public enum Reason {
        /** The destination already holds the same content under the same key. */
        @JsonProperty("identical")
        IDENTICAL,
        /** A content filter of the job does not let it pass. */
        @JsonProperty("excluded")
        EXCLUDED,
        /** The job is a dry run; the document would have been written. */
        @JsonProperty("dry_run")
        DRY_RUN;

        /** The word used in JSON and in the database. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
