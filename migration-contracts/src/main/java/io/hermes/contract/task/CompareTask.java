package io.hermes.contract.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hermes.contract.task.CopyTask.ContentFilter;
import java.util.UUID;

/**
 * Compare one document with what a copy would have made of it, and change nothing anywhere. A kind of its own rather than a field of
 * {@link CopyTask}: a worker that does not know it refuses it, where it would overlook a field and copy.
 *
 * @param version {@link MigrationTask#VERSION}
 * @param ref which dispatch of which item
 * @param idempotentKey {@link TaskRef#idempotentKey} of kind {@value #KIND}
 * @param source what to read
 * @param destProviderUuid where its counterpart is; the key follows from the destination's path template
 * @param concurrency documents of this job that one worker compares at once
 * @param filter what only the document itself can tell; {@code null} lets everything pass
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CompareTask(
        int version,
        TaskRef ref,
        String idempotentKey,
        SourceDocument source,
        UUID destProviderUuid,
        int concurrency,
        ContentFilter filter)
        implements MigrationTask {

    /** Value of {@code kind} in JSON and in the idempotent key. */
    public static final String KIND = "compare";
}
