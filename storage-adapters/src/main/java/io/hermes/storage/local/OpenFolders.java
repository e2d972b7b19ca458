package io.hermes.storage.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.jboss.logging.Logger;

/**
 * Keeps the folders that were used last open for a moment, since neighbours mostly come one after the other and the way to a folder takes
 * some ten system calls for each step of it. One that is used again is first looked at: every step of its path must still lead to what was
 * opened there (see {@link Folder#isWhereItWas}). As long as a folder is open no other gets its inode, so that this look cannot be
 * deceived.
 *
 * <p>Whatever nobody has used for a second is closed, lest a disk cannot be unmounted when the work is over.
 */
final class OpenFolders {

    private static final Logger LOG = Logger.getLogger(OpenFolders.class);
    private static final int MOST = 64;
    private static final int IDLE_SECONDS = 1;

    private final Executor executor;
    /** The one used last at the end. */
    private final Map<Place, Kept> kept = new LinkedHashMap<>(MOST, 0.75f, true);

    private boolean sweeping;

    OpenFolders(Executor executor) {
        this.executor = executor;
    }

    /**
     * Which folder of which store: what is below the root of one may be a link that the root of another leads over.
     *
     * @param folder its path from the root
     */
    record Place(Path root, String folder) {}

    /** The way to a folder, step by step. */
    interface Way {
        Folder open() throws IOException;
    }

    /** The folder of this place; to be closed by whoever asked. */
    Folder get(Place place, Way way) throws IOException {
        Optional<Folder> held = held(place);
        if (held.isPresent()) {
            return held.get();
        }
        Folder opened = way.open();
        keep(place, opened);
        return opened;
    }

    private Optional<Folder> held(Place place) throws IOException {
        Kept found;
        Folder folder;
        synchronized (this) {
            found = kept.get(place);
            if (found == null) {
                return Optional.empty();
            }
            folder = found.folder.hold();
        }
        if (folder.isWhereItWas()) {
            found.used = true;
            return Optional.of(folder);
        }
        folder.close();
        return Optional.empty();
    }

    private void keep(Place place, Folder folder) {
        List<Folder> dropped = new ArrayList<>();
        synchronized (this) {
            Kept before = kept.put(place, new Kept(folder.hold()));
            if (before != null) {
                dropped.add(before.folder);
            }
            Iterator<Kept> eldest = kept.values().iterator();
            while (kept.size() > MOST) {
                dropped.add(eldest.next().folder);
                eldest.remove();
            }
            sweepLater();
        }
        closeAll(dropped);
    }

    /** Closes what is kept of a root. What somebody holds, he closes. */
    void release(Path root) {
        drop((place, unused) -> place.root().equals(root));
    }

    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            CompletableFuture.delayedExecutor(IDLE_SECONDS, TimeUnit.SECONDS, executor)
                    .execute(this::sweep);
        }
    }

    private void sweep() {
        drop((unused, folder) -> !folder.used);
        synchronized (this) {
            kept.values().forEach(folder -> folder.used = false);
            sweeping = false;
            if (!kept.isEmpty()) {
                sweepLater();
            }
        }
    }

    private void drop(BiPredicate<Place, Kept> which) {
        List<Folder> dropped = new ArrayList<>();
        synchronized (this) {
            kept.entrySet().removeIf(entry -> {
                boolean drop = which.test(entry.getKey(), entry.getValue());
                if (drop) {
                    dropped.add(entry.getValue().folder);
                }
                return drop;
            });
        }
        closeAll(dropped);
    }

    private static void closeAll(List<Folder> folders) {
        for (Folder folder : folders) {
            try {
                folder.close();
            } catch (IOException left) {
                LOG.debugf("closing %s: %s", folder.path(), left.getMessage());
            }
        }
    }

    private static final class Kept {
        private final Folder folder;
        private volatile boolean used = true;

        private Kept(Folder folder) {
            this.folder = folder;
        }
    }
}
