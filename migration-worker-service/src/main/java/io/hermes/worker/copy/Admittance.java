package io.hermes.worker.copy;

import io.hermes.contract.task.CopyTask.ContentFilter;
import io.hermes.storage.DocumentMetadata;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/** Whether the filters that only the document itself can answer let it pass. */
final class Admittance {

    private Admittance() {}

    /** @param filter {@code null} lets everything pass; words are compared exactly, and what is unknown matches no word */
    static boolean passes(ContentFilter filter, DocumentMetadata metadata) {
        return filter == null
                || (wanted(filter.statuses(), metadata.workflowStatus())
                        && wanted(filter.types(), metadata.type())
                        && wanted(filter.projects(), metadata.project())
                        && !metadata.project()
                                .map(filter.excludedProjects()::contains)
                                .orElse(false)
                        && (filter.tags().isEmpty() || !Collections.disjoint(filter.tags(), metadata.tags())));
    }

    private static boolean wanted(Set<String> words, Optional<String> word) {
        return words.isEmpty() || word.map(words::contains).orElse(false);
    }
}
