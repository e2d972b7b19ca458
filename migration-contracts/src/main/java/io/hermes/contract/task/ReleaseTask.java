package io.hermes.contract.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;

/**
 * Delete the source revision of a verified copy (second half of a move). Dispatched only when the copy is committed.
 *
 * @param version {@link MigrationTask#VERSION}
 * @param ref which dispatch of which item
 * @param idempotentKey {@link TaskRef#idempotentKey} of kind {@value #KIND}
 * @param source what to delete, and only at this revision
 * @param destination the copy that makes the source superfluous; looked at again before deleting
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReleaseTask(
        int version, TaskRef ref, String idempotentKey, SourceDocument source, VerifiedCopy destination)
        implements MigrationTask {

    /** Value of {@code kind} in JSON and in the idempotent key. */
    public static final String KIND = "release";

    /**
     * The committed copy.
     *
     * @param providerUuid the destination provider
     * @param key the document's key there
     * @param revision the revision that was written
     * @param sha256 hash of the content, 64 lower-case hex characters
     */
    public record VerifiedCopy(UUID providerUuid, String key, String revision, String sha256) {}
}
