package io.hermes.storage.local;

import io.hermes.storage.DocumentMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The extended attribute {@code user.hermes.metadata} of a document.
 *
 * <p>File systems bound it very differently (ext4: 4 KB for all attributes of a file, tmpfs and XFS: 64 KB, NFS before 4.2 and many others:
 * none), and none says its bound beforehand. So it is tried: everything, then without the long parts, then identity alone. It belongs
 * to the file, so that it needs no care when names come and go. Java reaches it by path only: that the path leads to this very folder
 * is checked just before.
 */
record MetadataAttribute() implements MetadataPlace {

    private static final String NAME = "hermes.metadata";
    private static final int MAX_BYTES = 64 * 1024;

    /** The attribute, as far as it is there and can be read. */
    @Override
    public KeptMetadata read(Folder folder, String name, FileState state) {
        try {
            UserDefinedFileAttributeView view = view(folder.at(name));
            int size = view.size(NAME);
            ByteBuffer bytes = ByteBuffer.allocate(Math.min(size, MAX_BYTES));
            view.read(NAME, bytes);
            return KeptMetadata.ofJson(bytes.array(), state);
        } catch (IOException | UnsupportedOperationException absent) {
            // Absent, unsupported and unreadable look alike to Java. None is a reason not to show the document.
            return KeptMetadata.NOTHING;
        }
    }

    @Override
    public List<String> describe(Folder folder, String temporary, FileState state, String name, KeptMetadata kept)
            throws IOException {
        if (kept.isNothing()) {
            return List.of();
        }
        for (Function<KeptMetadata, KeptMetadata> part : PARTS) {
            KeptMetadata some = part.apply(kept);
            if (tryWrite(folder.at(temporary), some.toJson(state))) {
                return MetadataPlace.lost(kept, some);
            }
        }
        return MetadataPlace.lost(kept, KeptMetadata.NOTHING);
    }

    private static final List<Function<KeptMetadata, KeptMetadata>> PARTS =
            List.of(Function.identity(), MetadataAttribute::withoutLongParts, MetadataAttribute::identityOnly);

    private static KeptMetadata withoutLongParts(KeptMetadata kept) {
        return new KeptMetadata(
                kept.metadata().toBuilder()
                        .contributors(List.of())
                        .parents(List.of())
                        .tags(List.of())
                        .extended(Map.of())
                        .build(),
                kept.marker());
    }

    private static KeptMetadata identityOnly(KeptMetadata kept) {
        DocumentMetadata all = kept.metadata();
        return new KeptMetadata(
                new DocumentMetadata.Builder()
                        .uuid(all.uuid().orElse(null))
                        .createdTime(all.createdTime().orElse(null))
                        .modifiedTime(all.modifiedTime().orElse(null))
                        .contentHash(all.contentHash().orElse(null))
                        .build(),
                kept.marker());
    }

    /** Whether it fitted. A disk that is full says the same as an attribute that is too long; the fsync that follows tells them apart. */
    private static boolean tryWrite(Path path, byte[] json) throws IOException {
        if (json.length > MAX_BYTES) {
            return false;
        }
        try {
            int unused = view(path).write(NAME, ByteBuffer.wrap(json));
            return true;
        } catch (UnsupportedOperationException noAttributes) {
            return false;
        } catch (IOException refused) {
            if (REFUSALS.stream().anyMatch(words -> LocalErrors.says(refused, words))) {
                return false;
            }
            throw refused;
        }
    }

    private static final List<String> REFUSALS = List.of(
            "No space left",
            "quota exceeded",
            "Argument list too long",
            "out of range",
            "not supported",
            "not permitted");

    private static UserDefinedFileAttributeView view(Path path) {
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            throw new UnsupportedOperationException("no user attributes");
        }
        return view;
    }
}
