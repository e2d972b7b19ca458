package io.hermes.storage.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a local store (SPEC §1.4), as {@link LocalSettings} reads them. Any other key is refused.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>key</th><th>default</th><th>meaning</th></tr>
 * <tr><td>{@code base_path}</td><td>required</td><td>absolute path of the folder that holds the documents, below an allowed root
 *     ({@link AllowedRoots}); keys are relative to it</td></tr>
 * <tr><td>{@code docs_path}, {@code drafts_path}</td><td>everywhere</td><td>absolute paths below {@code base_path}: if one is given,
 *     documents lie only below these</td></tr>
 * <tr><td>{@code durability}</td><td>{@code each}</td><td>{@code each}, {@code group} or {@code none}, see
 *     {@link Durability}</td></tr>
 * <tr><td>{@code metadata}</td><td>{@code xattr}</td><td>{@code xattr}: in an extended attribute of the document; {@code sidecar}: in
 *     a hidden file beside it; {@code none}: nowhere, and every write reports it as lost</td></tr>
 * <tr><td>{@code revisions}</td><td>{@code none}</td><td>{@code directory}: every replaced or deleted state is kept below
 *     {@code .hermes-revisions/} for good</td></tr>
 * <tr><td>{@code trash_retention_days}</td><td>0</td><td>0: what is replaced or deleted is gone; 1 to 36,500: it is kept below
 *     {@code .hermes-trash/} for as many days. Not together with {@code revisions=directory}, which keeps it anyway</td></tr>
 * <tr><td>{@code leftover_hours}</td><td>24</td><td>1 to 8,760: files of a writer that was killed are removed when they are older. More
 *     than the longest pause within one upload</td></tr>
 * <tr><td>{@code path_template}</td><td>{@code {uuid}.md}</td><td>checked here, used by those who name new documents</td></tr>
 * <tr><td>{@code default_mime_type}, {@code folders_path}, {@code users_path}, {@code tokens_path}, {@code domain}, {@code smtp.host},
 *     {@code smtp.port}, {@code smtp.username}, {@code smtp.password} (secret), {@code smtp.from}</td><td>none</td><td>taken, so that
 *     a configuration of the original can be registered as it is. They are about people and mail and have no effect on a store of
 *     documents</td></tr>
 * </table>
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
