package io.hermes.storage.local;

import io.hermes.storage.DocumentMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Where the metadata of documents is kept. A document is described before it is published, so that no crash shows it without. What
 * belongs to the file itself needs no care when its names come and go.
 */
sealed interface MetadataPlace permits MetadataAttribute, MetadataSidecar, MetadataPlace.Nowhere {

    /** The place that the settings name. */
    static MetadataPlace of(LocalConfig config) {
        return switch (config.metadata()) {
            case XATTR -> new MetadataAttribute();
            case SIDECAR -> new MetadataSidecar(config.durable());
            case NONE -> new Nowhere();
        };
    }

    /** What is kept with the document, as far as it speaks of these bytes. */
    KeptMetadata read(Folder folder, String name, FileState state) throws IOException;

    /**
     * Describes a file that is to be published under a name.
     *
     * @param state of the file
     * @return names of what could not be kept
     */
    List<String> describe(Folder folder, String temporary, FileState state, String name, KeptMetadata kept)
            throws IOException;

    /** The file with this inode now stands under the name. */
    default void published(Folder folder, String name, long inode) throws IOException {}

    /** The file with this inode stands under the name no more, or never will. */
    default void removed(Folder folder, String name, long inode) throws IOException {}

    /** The file with this inode is about to get another name elsewhere. */
    default void copied(Folder folder, String name, long inode, Folder to, String toName) throws IOException {}

    /** Names of the fields in which two differ. */
    static List<String> lost(KeptMetadata all, KeptMetadata some) {
        List<String> names = new ArrayList<>();
        for (Field field : Field.ALL) {
            if (!field.of().apply(all).equals(field.of().apply(some))) {
                names.add(field.name());
            }
        }
        return names;
    }

    /** One field of what can be kept. */
    record Field(String name, Function<KeptMetadata, Object> of) {

        private static final List<Field> ALL = List.of(
                of("uuid", DocumentMetadata::uuid),
                of("name", DocumentMetadata::name),
                of("contentType", DocumentMetadata::contentType),
                of("createdTime", DocumentMetadata::createdTime),
                of("modifiedTime", DocumentMetadata::modifiedTime),
                of("owner", DocumentMetadata::owner),
                of("owningTeam", DocumentMetadata::owningTeam),
                of("contributors", DocumentMetadata::contributors),
                of("parents", DocumentMetadata::parents),
                of("project", DocumentMetadata::project),
                of("type", DocumentMetadata::type),
                of("tags", DocumentMetadata::tags),
                of("syncStatus", DocumentMetadata::syncStatus),
                of("workflowStatus", DocumentMetadata::workflowStatus),
                of("contentHash", DocumentMetadata::contentHash),
                of("extended", DocumentMetadata::extended),
                new Field("marker", KeptMetadata::marker));

        private static Field of(String name, Function<DocumentMetadata, Object> of) {
            return new Field(name, kept -> of.apply(kept.metadata()));
        }
    }

    /** Keeps nothing and says so. */
    record Nowhere() implements MetadataPlace {

        @Override
        public KeptMetadata read(Folder folder, String name, FileState state) {
            return KeptMetadata.NOTHING;
        }

        @Override
        public List<String> describe(Folder folder, String temporary, FileState state, String name, KeptMetadata kept) {
            return lost(kept, KeptMetadata.NOTHING);
        }
    }
}
