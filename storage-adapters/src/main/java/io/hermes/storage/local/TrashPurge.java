package io.hermes.storage.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Removes the days of the trash whose time is over: at most once an hour, while documents are being thrown away, in steps of a bounded
 * number of files, so that no thread is busy with it for long.
 */
final class TrashPurge {

    private static final Logger LOG = Logger.getLogger(TrashPurge.class);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int STEP = 1000;
    private static final int DATE_LENGTH = "2026-11-23".length();

    private final LocalRoot root;
    private final int days;
    private final Clock clock;
    private Instant next = Instant.MIN;

    TrashPurge(LocalRoot root, int days, Clock clock) {
        this.root = root;
        this.days = days;
        this.clock = clock;
    }

    void laterIfDue() {
        Instant now = clock.instant();
        synchronized (this) {
            if (now.isBefore(next)) {
                return;
            }
            next = now.plus(PAUSE);
        }
        root.resources().workers().execute(this::stepAndGoOn);
    }

    private void stepAndGoOn() {
        try {
            if (step()) {
                root.resources().workers().execute(this::stepAndGoOn);
            }
        } catch (IOException | RuntimeException failure) {
            LOG.warnf("the trash of %s could not be purged: %s", root.config().root(), failure.getMessage());
        }
    }

    /** All steps at once. */
    void run() throws IOException {
        while (step()) {
            // One after the other.
        }
    }

    /** Whether there is more to remove. */
    private boolean step() throws IOException {
        LocalDate oldest = LocalDate.now(clock).minusDays(days);
        int left = STEP;
        try (Folder trash = root.folder(Trash.FOLDER)) {
            for (String batch : batches(trash)) {
                if (dayOf(batch).isBefore(oldest)) {
                    left = emptied(trash, batch, left);
                }
                if (left == 0) {
                    return true;
                }
            }
        } catch (NoSuchFileException empty) {
            // Nothing was ever thrown away.
        }
        return false;
    }

    /** Removes up to so many files below a folder, and the folder if it is empty then; returns how many are left to remove. */
    private static int emptied(Folder above, String name, int most) throws IOException {
        int left = most;
        try (Folder folder = above.child(name)) {
            for (String entry : some(folder, most)) {
                if (left == 0) {
                    return 0;
                }
                boolean isFolder = folder.find(entry)
                        .filter(state -> state.kind() == FileState.Kind.FOLDER)
                        .isPresent();
                if (isFolder) {
                    left = emptied(folder, entry, left);
                } else {
                    left -= folder.removeIfThere(entry) ? 1 : 0;
                }
            }
        }
        return above.removeFolderIfEmpty(name) ? left : 0;
    }

    private static List<String> some(Folder folder, int most) throws IOException {
        List<String> some = new ArrayList<>();
        try (DirectoryStream<Path> names = folder.names()) {
            for (Path entry : names) {
                if (some.size() == most) {
                    break;
                }
                some.add(entry.getFileName().toString());
            }
        }
        return some;
    }

    /** Names of the days' folders, oldest first; whatever else lies there is not ours. */
    List<String> batches(Folder trash) throws IOException {
        List<String> batches = new ArrayList<>();
        try (DirectoryStream<Path> names = trash.names()) {
            for (Path entry : names) {
                String name = entry.getFileName().toString();
                if (!dayOf(name).equals(LocalDate.MAX)) {
                    batches.add(name);
                }
            }
        }
        batches.sort(null);
        return batches;
    }

    /** The day of a batch, far in the future for what is none. */
    private static LocalDate dayOf(String batch) {
        try {
            boolean plain = batch.length() == DATE_LENGTH || batch.matches(".{" + DATE_LENGTH + "}\\.\\d+");
            return plain ? LocalDate.parse(batch.substring(0, DATE_LENGTH)) : LocalDate.MAX;
        } catch (DateTimeParseException noDay) {
            return LocalDate.MAX;
        }
    }
}
