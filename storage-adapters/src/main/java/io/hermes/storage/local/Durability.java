package io.hermes.storage.local;

/** What has survived a power cut when a write returns. */
enum Durability {
    /** The document and its name: its file is synced, then published, then its folder is synced. */
    EACH,
    /**
     * The same, but writers of one folder that end at the same time share one sync of the folder. No promise is weaker. It saves
     * requests where each sync is one, as on network file systems; a journal such as ext4's merges them by itself, so that nothing is
     * gained there.
     */
    GROUP,
    /** Nothing in particular: the operating system writes when it likes. A killed process loses nothing either way. */
    NONE
}
