package io.hermes.storage.local;

import io.hermes.storage.DocumentMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The extended attribute {@code user.hermes.metadata} of a document.
 *
 * <p>File systems bound it very differently (ext4: 4 KB for all attributes of a file, tmpfs and XFS: 64 KB, NFS before 4.2 and many others:
 * none), and none says its bound beforehand. So it is tried: everything, then without the long parts, then identity alone.
 */
final class MetadataAttribute {

    private static final String NAME = "hermes.metadata";
    private static final int MAX_BYTES = 64 * 1024;

    private MetadataAttribute() {}

    /** The attribute, as far as it is there and can be read. */
    static KeptMetadata read(Path path, FileState state) {
        try {
            UserDefinedFileAttributeView view = view(path);
            int size = view.size(NAME);
            ByteBuffer bytes = ByteBuffer.allocate(Math.min(size, MAX_BYTES));
            view.read(NAME, bytes);
            return KeptMetadata.ofJson(bytes.array(), state);
        } catch (IOException | UnsupportedOperationException absent) {
            // Absent, unsupported and unreadable look alike to Java. None is a reason not to show the document.
            return KeptMetadata.NOTHING;
        }
    }

    /**
     * Writes the attribute.
     *
     * @return names of what could not be kept
     */
    static List<String> write(Path path, FileState state, KeptMetadata kept) throws IOException {
        if (kept.isNothing()) {
            return List.of();
        }
        for (Function<KeptMetadata, KeptMetadata> part : PARTS) {
            KeptMetadata some = part.apply(kept);
            if (tryWrite(path, some.toJson(state))) {
                return lost(kept, some);
            }
        }
        return lost(kept, KeptMetadata.NOTHING);
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

    private static List<String> lost(KeptMetadata all, KeptMetadata some) {
        List<String> names = new ArrayList<>();
        for (Field field : FIELDS) {
            if (!field.of().apply(all).equals(field.of().apply(some))) {
                names.add(field.name());
            }
        }
        return names;
    }

    private record Field(String name, Function<KeptMetadata, Object> of) {}

    private static final List<Field> FIELDS = List.of(
            new Field("uuid", kept -> kept.metadata().uuid()),
            new Field("name", kept -> kept.metadata().name()),
            new Field("contentType", kept -> kept.metadata().contentType()),
            new Field("createdTime", kept -> kept.metadata().createdTime()),
            new Field("modifiedTime", kept -> kept.metadata().modifiedTime()),
            new Field("owner", kept -> kept.metadata().owner()),
            new Field("owningTeam", kept -> kept.metadata().owningTeam()),
            new Field("contributors", kept -> kept.metadata().contributors()),
            new Field("parents", kept -> kept.metadata().parents()),
            new Field("project", kept -> kept.metadata().project()),
            new Field("type", kept -> kept.metadata().type()),
            new Field("tags", kept -> kept.metadata().tags()),
            new Field("syncStatus", kept -> kept.metadata().syncStatus()),
            new Field("workflowStatus", kept -> kept.metadata().workflowStatus()),
            new Field("contentHash", kept -> kept.metadata().contentHash()),
            new Field("extended", kept -> kept.metadata().extended()),
            new Field("marker", KeptMetadata::marker));
}
