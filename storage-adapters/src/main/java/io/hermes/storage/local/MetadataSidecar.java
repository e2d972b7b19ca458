package io.hermes.storage.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/**
 * A hidden file beside the document. Its name follows from the document's and is short whatever that is; inside stand the document's
 * name, inode, size and time, so that it never speaks of a file that it was not written for: it belongs to the same inode (of a
 * document that was edited in place, identity stays) or to the same size and time (a backup that was restored).
 *
 * <p>While a document is replaced both states need theirs. So the new one is first written under a name that ends in the new file's
 * inode, and takes the plain name once the document stands there. A reader looks for the plain name first, then for the other one.
 * Sidecars are never written to again, so that a kept state may share its with the document.
 *
 * @param durable whether a sidecar must survive a power cut
 */
record MetadataSidecar(boolean durable) implements MetadataPlace {

    static final String PREFIX = DocumentKey.RESERVED_PREFIX + "meta-";

    private static final int NAME_LENGTH = 32;
    private static final int MAX_BYTES = 1024 * 1024;
    private static final String DOCUMENT = "document";
    private static final String INODE = "inode";

    /** The plain name of a document's sidecar. */
    static String nameOf(String document) {
        ByteBuffer name = ByteBuffer.wrap(document.getBytes(StandardCharsets.UTF_8));
        return PREFIX + ContentHash.of(name).hex().substring(0, NAME_LENGTH);
    }

    private static String nameOf(String document, long inode) {
        return nameOf(document) + "." + Long.toHexString(inode);
    }

    @Override
    public KeptMetadata read(Folder folder, String name, FileState state) throws IOException {
        Optional<ObjectNode> plain = load(folder, nameOf(name));
        if (plain.filter(json -> isOf(json, state.inode())).isPresent()) {
            return KeptMetadata.of(plain.get(), state);
        }
        Optional<ObjectNode> fresh = load(folder, nameOf(name, state.inode()));
        return fresh.or(() -> plain.filter(json -> KeptMetadata.isUntouched(json, state)))
                .map(json -> KeptMetadata.of(json, state))
                .orElse(KeptMetadata.NOTHING);
    }

    private static boolean isOf(ObjectNode json, long inode) {
        return json.path(INODE).asLong(-1) == inode;
    }

    private static Optional<ObjectNode> load(Folder folder, String sidecar) throws IOException {
        if (folder.find(sidecar).filter(FileState::isDocument).isEmpty()) {
            return Optional.empty();
        }
        try (FileChannel file = folder.openDocument(sidecar)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(file.size(), MAX_BYTES));
            while (bytes.hasRemaining() && file.read(bytes) >= 0) {
                // Until full or at the end.
            }
            return KeptMetadata.tree(bytes.array());
        } catch (NoSuchFileException renamed) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> describe(Folder folder, String temporary, FileState state, String name, KeptMetadata kept)
            throws IOException {
        if (kept.isNothing()) {
            return List.of();
        }
        ObjectNode json = kept.toTree(state);
        json.put(DOCUMENT, name);
        json.put(INODE, state.inode());
        byte[] bytes = KeptMetadata.bytes(json);
        if (bytes.length > MAX_BYTES) {
            return MetadataPlace.lost(kept, KeptMetadata.NOTHING);
        }
        write(folder, nameOf(name, state.inode()), bytes);
        return List.of();
    }

    private void write(Folder folder, String sidecar, byte[] bytes) throws IOException {
        // One that was left of a file that had this inode before may be shared with a kept state: a new file, not new
        // content.
        boolean unused = folder.removeIfThere(sidecar);
        try (FileChannel file = folder.createDocument(sidecar)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                int written = file.write(rest);
            }
            if (durable) {
                file.force(true);
            }
        }
    }

    @Override
    public void published(Folder folder, String name, long inode) throws IOException {
        if (folder.find(nameOf(name, inode)).isPresent()) {
            folder.rename(nameOf(name, inode), nameOf(name));
        } else {
            boolean unused = folder.removeIfThere(nameOf(name));
        }
    }

    @Override
    public void removed(Folder folder, String name, long inode) throws IOException {
        boolean unused = folder.removeIfThere(nameOf(name, inode));
        if (load(folder, nameOf(name)).filter(json -> isOf(json, inode)).isPresent()) {
            boolean alsoUnused = folder.removeIfThere(nameOf(name));
        }
    }

    @Override
    public void copied(Folder folder, String name, long inode, Folder to, String toName) throws IOException {
        String plain = nameOf(name);
        boolean isPlain = load(folder, plain).filter(json -> isOf(json, inode)).isPresent();
        try {
            folder.link(isPlain ? plain : nameOf(name, inode), to, nameOf(toName));
        } catch (NoSuchFileException hasNone) {
            // A document that we did not write, or that was written without metadata.
        } catch (FileAlreadyExistsException earlier) {
            // An interrupted call got this far.
        }
    }

    /** Whether a sidecar's document is gone, so that nobody will ever read it. */
    static boolean isOrphan(Folder folder, String sidecar) throws IOException {
        Optional<String> document = load(folder, sidecar)
                .map(json -> json.path(DOCUMENT).asText(""))
                .filter(name -> !name.isEmpty() && sidecar.startsWith(nameOf(name)));
        if (document.isEmpty()) {
            return false;
        }
        Optional<FileState> present = folder.find(document.get());
        boolean fresh = sidecar.length() > nameOf(document.get()).length();
        return present.isEmpty()
                || (fresh
                        && !sidecar.equals(nameOf(document.get(), present.get().inode())));
    }
}
