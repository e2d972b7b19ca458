package io.hermes.storage.local;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.Revision;
import java.io.IOException;

/**
 * What an opened store is made of.
 *
 * @param root the way to folders
 * @param metadata where metadata is kept
 * @param archive what becomes of replaced and deleted states
 * @param leftovers what killed writers have left
 */
record LocalParts(LocalRoot root, MetadataPlace metadata, Archive archive, Leftovers leftovers) {

    static LocalParts of(LocalRoot root) {
        MetadataPlace metadata = MetadataPlace.of(root.config());
        return new LocalParts(root, metadata, Archive.of(root, metadata), new Leftovers(root));
    }

    /** The probe's own documents are not kept. */
    Archive archive(DocumentKey key) {
        return key.isReserved() ? new Archive.Nothing() : archive;
    }

    /** Whether this is that revision of the document, though an interrupted call may have given it a second name since. */
    boolean isAt(DocumentKey key, FileState present, Revision wanted) throws IOException {
        return present.isAt(wanted) || archive(key).keeps(key, wanted, present);
    }
}
