package io.hermes.storage.local;

import io.hermes.storage.DocumentKey;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Removes what writers that were killed have left: their temporary files, and sidecars whose documents are gone. A folder is looked
 * through after the first write into it, and again an hour later at the earliest, one folder at a time.
 *
 * <p>A file is left alone while this process writes it, and until its change time, which nobody can set back, is older than any pause
 * within an upload. Should another process still be writing it after all, that write fails and is repeated. What was
 * renamed to be deleted ({@code .hermes-released-…}) may be the only copy of a document, and is never removed here.
 */
final class Leftovers {

    static final String TEMPORARY = DocumentKey.RESERVED_PREFIX + "tmp-";

    private static final Logger LOG = Logger.getLogger(Leftovers.class);
    private static final String UUID_PATTERN = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern TEMPORARY_NAME = Pattern.compile(Pattern.quote(TEMPORARY) + UUID_PATTERN);
    private static final Pattern SIDECAR_NAME =
            Pattern.compile(Pattern.quote(MetadataSidecar.PREFIX) + "[0-9a-f]{32}(\\.[0-9a-f]+)?");
    private static final Pattern PROBE_NAME = Pattern.compile(UUID_PATTERN);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int MAX_FOLDERS = 1024;
    private static final int MAX_REMOVALS = 10_000;

    private final LocalRoot root;
    private final Clock clock;
    private final Semaphore one = new Semaphore(1);
    private final Map<String, Instant> swept = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MAX_FOLDERS;
        }
    };

    Leftovers(LocalRoot root) {
        this(root, Clock.systemUTC());
    }

    Leftovers(LocalRoot root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    /** A name for a file of ours that is in use until {@link #done}. */
    String newTemporary() {
        String name = TEMPORARY + UUID.randomUUID();
        root.resources().inUse().add(name);
        return name;
    }

    void done(String temporary) {
        root.resources().inUse().remove(temporary);
    }

    /** A document was written into this folder (its path below the root): a good time to look, on another thread. */
    void sweepLater(String folder) {
        if (isDue(folder) && one.tryAcquire()) {
            root.resources().workers().execute(() -> {
                try {
                    sweep(folder);
                } catch (IOException | RuntimeException failure) {
                    LOG.warnf("'%s' could not be swept: %s", folder, failure.getMessage());
                } finally {
                    one.release();
                }
            });
        }
    }

    private boolean isDue(String folder) {
        Instant now = clock.instant();
        synchronized (swept) {
            Instant last = swept.get(folder);
            return last == null || last.plus(PAUSE).isBefore(now);
        }
    }

    /** Looks through a folder now. */
    void sweep(String path) throws IOException {
        synchronized (swept) {
            swept.put(path, clock.instant());
        }
        try (Folder folder = root.folder(path);
                DirectoryStream<Path> names = folder.names()) {
            boolean probes = (path + "/").equals(DocumentKey.PROBE_PREFIX);
            int removed = 0;
            for (Path entry : names) {
                String name = entry.getFileName().toString();
                if (removed < MAX_REMOVALS && isLeftover(folder, name, probes)) {
                    removed += folder.removeIfThere(name) ? 1 : 0;
                }
            }
            if (removed > 0) {
                LOG.infof("removed %d files that killed writers left in %s", removed, folder.path());
            }
        } catch (NoSuchFileException | NotDirectoryException gone) {
            // The folder went meanwhile.
        }
    }

    private boolean isLeftover(Folder folder, String name, boolean probes) throws IOException {
        if (TEMPORARY_NAME.matcher(name).matches()) {
            return !root.resources().inUse().contains(name) && isOld(folder, name);
        }
        if (SIDECAR_NAME.matcher(name).matches()) {
            return isOld(folder, name) && MetadataSidecar.isOrphan(folder, name);
        }
        return probes && PROBE_NAME.matcher(name).matches() && isOld(folder, name);
    }

    private boolean isOld(Folder folder, String name) throws IOException {
        Instant limit = clock.instant().minus(root.config().leftoverAge());
        return folder.find(name)
                .filter(FileState::isDocument)
                .filter(state -> state.changed().isBefore(limit))
                .isPresent();
    }
}
