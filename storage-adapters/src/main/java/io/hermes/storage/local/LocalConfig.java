package io.hermes.storage.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a local store, checked. The schema beside {@link LocalSettings}, which reads them, describes each.
 *
 * @param root {@code base_path}
 * @param scopes {@code docs_path} and {@code drafts_path} relative to the root; empty for everywhere
 * @param durability what a write waits for
 * @param metadata where metadata is kept
 * @param keeping what becomes of a state that is replaced or deleted
 * @param leftoverAge age at which files of killed writers are removed
 */
record LocalConfig(
        Path root,
        List<String> scopes,
        Durability durability,
        Metadata metadata,
        Keeping keeping,
        Duration leftoverAge) {

    /** Where metadata is kept. */
    enum Metadata {
        XATTR,
        SIDECAR,
        NONE
    }

    /** What becomes of a state that is replaced or deleted. */
    sealed interface Keeping {

        /** It is gone. */
        record Nothing() implements Keeping {}

        /** It goes to the trash. */
        record Trash(int days) implements Keeping {}

        /** It stays in the document's history. */
        record Revisions() implements Keeping {}
    }

    boolean durable() {
        return durability != Durability.NONE;
    }

    boolean keepsRevisions() {
        return keeping instanceof Keeping.Revisions;
    }

    /** Whether a document may have this key. */
    boolean holds(String key) {
        return scopes.isEmpty() || scopes.stream().anyMatch(scope -> key.startsWith(scope + "/"));
    }

    /** Whether documents may lie in this folder or somewhere below it. */
    boolean leadsToDocuments(String folder) {
        return holds(folder + "/") || scopes.stream().anyMatch(scope -> (scope + "/").startsWith(folder + "/"));
    }
}
