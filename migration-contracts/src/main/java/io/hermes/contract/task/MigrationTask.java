package io.hermes.contract.task;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * The value of a record on {@code hermes.migration-tasks}. A worker that does not know the version or the kind sends the record
 * to the dead-letter topic.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CopyTask.class, name = CopyTask.KIND),
    @JsonSubTypes.Type(value = CompareTask.class, name = CompareTask.KIND),
    @JsonSubTypes.Type(value = ReleaseTask.class, name = ReleaseTask.KIND)
})
public sealed interface MigrationTask permits CopyTask, CompareTask, ReleaseTask {

    /** The version this code writes. A reader accepts this one and the one before. */
    int VERSION = 1;

    /** Version of the record's form, {@value #VERSION} at present. */
    int version();

    /** Which dispatch of which item. */
    TaskRef ref();

    /** Names the dispatch and the step: {@link TaskRef#idempotentKey}. */
    String idempotentKey();

    /** The store and document to read. */
    SourceDocument source();
}
