package io.hermes.storage.local;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tries what the file system does, with one small document of its own. Blocking, used once. */
final class LocalProbe {

    private static final ByteBuffer BYTES = ByteBuffer.wrap("probe".getBytes(StandardCharsets.UTF_8));
    private static final ContentHash WRONG = new ContentHash("0".repeat(64));

    private final LocalParts parts;
    private final LocalRoot root;
    private final LocalWriter writer;
    private final LocalRemoval removal;
    private final DocumentKey key = new DocumentKey(DocumentKey.PROBE_PREFIX + UUID.randomUUID());
    private final List<ProbeReport.Step> steps = new ArrayList<>();
    private final Set<Feature> seen = EnumSet.noneOf(Feature.class);

    private Written written;

    LocalProbe(LocalParts parts, LocalWriter writer, LocalRemoval removal) {
        this.parts = parts;
        this.root = parts.root();
        this.writer = writer;
        this.removal = removal;
    }

    ProbeReport run(ProbeDepth depth) {
        boolean reached = tried("reach", () -> root.open().close());
        return switch (depth) {
            case REACH -> new ProbeReport(steps, ProbeReport.Measured.NOTHING);
            case CAPABILITIES -> new ProbeReport(steps, reached ? measure() : ProbeReport.Measured.NOTHING);
        };
    }

    private ProbeReport.Measured measure() {
        boolean unusedListing = tried("list", this::list);
        try {
            if (!tried("write", () -> written = write(Precondition.ifAbsent(), Optional.empty()))) {
                return ProbeReport.Measured.NOTHING;
            }
            boolean unusedReading = tried("read_back", this::readBack);
            if (written.metadataLoss().isEmpty()) {
                seen.add(Feature.USER_METADATA);
            }
            if (root.config().keepsRevisions()) {
                seen.add(Feature.REVISIONS);
            }
            if (tried("conditional_put", () -> refused(Precondition.ifAbsent(), Optional.empty()))) {
                seen.add(Feature.CONDITIONAL_PUT);
                seen.add(Feature.CONDITIONAL_STREAM);
            }
            see("wrong_bytes", Feature.REFUSES_WRONG_BYTES, () -> refused(Precondition.none(), Optional.of(WRONG)));
            see("conditional_replace", Feature.CONDITIONAL_REPLACE, this::replace);
            see("conditional_delete", Feature.CONDITIONAL_DELETE, this::release);
            boolean unusedDeletion = tried("delete", this::delete);
            return new ProbeReport.Measured(seen);
        } finally {
            boolean unused = tried("clean", this::clean);
        }
    }

    private void see(String name, Feature feature, Try action) {
        if (tried(name, action)) {
            seen.add(feature);
        }
    }

    /** One name is enough: a large folder is not read for this. */
    private void list() throws IOException {
        try (Folder folder = root.open();
                DirectoryStream<Path> names = folder.names()) {
            boolean unused = names.iterator().hasNext();
        }
    }

    private void readBack() throws IOException {
        try (Folder folder = root.newFolderOf(key);
                PinnedFile file = PinnedFile.open(key, folder, key.name(), folder.state(key.name()))) {
            if (!file.all().equals(BYTES.duplicate())) {
                throw LocalErrors.error(ErrorKind.CONTENT_MISMATCH, "probe", key, "other bytes than were written");
            }
        }
    }

    private void delete() throws IOException {
        written = write(Precondition.none(), Optional.empty());
        try (Folder folder = root.newFolderOf(key)) {
            removal.remove(folder, key, Precondition.none());
            if (folder.find(key.name()).isPresent()) {
                throw LocalErrors.error(ErrorKind.UNSUPPORTED, "probe", key, "what was deleted is still there");
            }
        }
    }

    private void replace() throws IOException {
        Revision old = written.revision();
        written = write(Precondition.ifMatches(old), Optional.empty());
        refused(Precondition.ifMatches(old), Optional.empty());
    }

    private void release() throws IOException {
        Revision old = written.revision();
        written = write(Precondition.none(), Optional.empty());
        try (Folder folder = root.newFolderOf(key)) {
            expectRefusal(() -> removal.remove(folder, key, Precondition.ifMatches(old)));
            removal.remove(folder, key, Precondition.ifMatches(written.revision()));
        }
    }

    private Written write(Precondition precondition, Optional<ContentHash> hash) throws IOException {
        DocumentMetadata metadata = new DocumentMetadata.Builder().name("probe").build();
        return writer.writeWhole(
                new WriteRequest(key, new DocumentContent.Whole(BYTES), hash, metadata, Optional.empty(), precondition),
                BYTES);
    }

    private void refused(Precondition precondition, Optional<ContentHash> hash) throws IOException {
        expectRefusal(() -> {
            Written unused = write(precondition, hash);
        });
    }

    private void expectRefusal(Try action) throws IOException {
        try {
            action.run();
        } catch (StorageException refused) {
            if (refused.kind() == ErrorKind.PRECONDITION_FAILED || refused.kind() == ErrorKind.CONTENT_MISMATCH) {
                return;
            }
            throw refused;
        }
        throw LocalErrors.error(ErrorKind.UNSUPPORTED, "probe", key, "the store took what it must refuse");
    }

    private void clean() throws IOException {
        try (Folder folder = root.newFolderOf(key)) {
            Optional<FileState> left = folder.find(key.name());
            if (left.isPresent()) {
                removal.remove(folder, key, Precondition.none());
            }
        }
        String probes = DocumentKey.PROBE_PREFIX.substring(0, DocumentKey.PROBE_PREFIX.length() - 1);
        parts.leftovers().sweep("");
        parts.leftovers().sweep(probes);
        try (Folder above = root.open()) {
            // Another probe may still be using it.
            boolean unused = above.removeFolderIfEmpty(probes);
        }
    }

    private interface Try {
        void run() throws IOException;
    }

    private boolean tried(String name, Try action) {
        long start = System.nanoTime();
        Optional<StorageException> failed = Optional.empty();
        try {
            action.run();
        } catch (IOException | RuntimeException failure) {
            failed = Optional.of(LocalErrors.of("probe", name, failure));
        }
        steps.add(new ProbeReport.Step(
                name,
                failed.isEmpty() ? ProbeReport.Outcome.OK : ProbeReport.Outcome.FAILED,
                Duration.ofNanos(System.nanoTime() - start),
                failed.map(StorageException::getMessage).orElse(""),
                failed.map(StorageException::kind)));
        return failed.isEmpty();
    }
}
