package io.hermes.contract.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.hermes.contract.job.ConflictPolicy;
import io.hermes.contract.job.Verify;
import java.util.Set;
import java.util.UUID;

/**
 * Copy one document and prove it.
 *
 * @param version {@link MigrationTask#VERSION}
 * @param ref which dispatch of which item
 * @param idempotentKey {@link TaskRef#idempotentKey} of kind {@value #KIND}
 * @param source what to read
 * @param destProviderUuid where to write; the key follows from the destination's path template
 * @param documentUuid the document's UUID where planning already knew it, else {@code null}
 * @param conflictPolicy what to do when the destination key is taken
 * @param verify how to prove the content
 * @param dryRun {@code true}: read the source, look at the destination, write nothing anywhere
 * @param concurrency documents of this job that one worker transfers at once
 * @param replacedRevision the destination revision that an earlier delivery announced it would replace, else {@code null}; it
 *     stays the first value ever announced
 * @param filter what only the document itself can tell; {@code null} lets everything pass
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CopyTask(
        int version,
        TaskRef ref,
        String idempotentKey,
        SourceDocument source,
        UUID destProviderUuid,
        UUID documentUuid,
        ConflictPolicy conflictPolicy,
        Verify verify,
        boolean dryRun,
        int concurrency,
        String replacedRevision,
        ContentFilter filter)
        implements MigrationTask {

    /** Value of {@code kind} in JSON and in the idempotent key. */
    public static final String KIND = "copy";

    /**
     * Filters that need the document's metadata; a document that they exclude is skipped with reason {@code excluded}.
     *
     * @param statuses workflow statuses that pass, empty for all
     * @param types document types that pass, empty for all
     * @param projects projects that pass, empty for all
     * @param excludedProjects projects that do not pass
     * @param tags a document passes with at least one of these, empty for all
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record ContentFilter(
            Set<String> statuses,
            Set<String> types,
            Set<String> projects,
            Set<String> excludedProjects,
            Set<String> tags) {

        public ContentFilter {
            statuses = orEmpty(statuses);
            types = orEmpty(types);
            projects = orEmpty(projects);
            excludedProjects = orEmpty(excludedProjects);
            tags = orEmpty(tags);
        }

        private static Set<String> orEmpty(Set<String> values) {
            return values == null ? Set.of() : Set.copyOf(values);
        }
    }
}
