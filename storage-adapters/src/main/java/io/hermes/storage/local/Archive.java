package io.hermes.storage.local;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.Revision;
import java.io.IOException;

/**
 * What becomes of a state that is replaced or deleted. It gets a second name here before it loses its own, so that a crash leaves it
 * under one of them or both, never under none. A second name changes the file's change time and with it its ETag: who wants the
 * revision that it had before asks {@link #keeps}.
 */
sealed interface Archive permits Trash, History, Archive.Nothing {

    /**
     * Gives a file its second name, durably. Does nothing if an interrupted call did.
     *
     * @param folder where the file is
     * @param file its name there, the document's or one of ours
     * @param key the document's key
     * @param revision which revision of the document it is
     */
    void keep(Folder folder, String file, DocumentKey key, Revision revision) throws IOException;

    /** Whether the file that stands under the key was kept as this revision by a call that was interrupted before it replaced it. */
    boolean keeps(DocumentKey key, Revision revision, FileState present) throws IOException;

    /** The document is gone. */
    void deleted(DocumentKey key) throws IOException;

    /** What the settings ask for. */
    static Archive of(LocalRoot root, MetadataPlace metadata) {
        return switch (root.config().keeping()) {
            case LocalConfig.Keeping.Nothing() -> new Nothing();
            case LocalConfig.Keeping.Trash(int days) -> new Trash(root, metadata, days);
            case LocalConfig.Keeping.Revisions() -> new History(root, metadata);
        };
    }

    /** It is gone. */
    record Nothing() implements Archive {

        @Override
        public void keep(Folder folder, String file, DocumentKey key, Revision revision) {}

        @Override
        public boolean keeps(DocumentKey key, Revision revision, FileState present) {
            return false;
        }

        @Override
        public void deleted(DocumentKey key) {}
    }
}
