package io.hermes.storage.local;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sorted names of large folders, remembered between the pages of a listing, which would else read the whole folder for each page.
 *
 * <p>What is remembered is only ever a shortcut: it is dropped when the folder's times show a change, when nobody has asked for a while,
 * and when there is too much of it; then the folder is read again. So a token is nothing but a position, good after a restart and on
 * another replica.
 */
final class SortedNames {

    /** A hundred thousand names of usual length. Two of these are needed while a larger folder is read. */
    static final int WINDOW_BYTES = 8 * 1024 * 1024;
    /** A folder of fewer names is read again faster than it is remembered. */
    private static final int WORTH_REMEMBERING = 1000;

    private static final int MAX_WINDOWS = 6;
    private static final Duration IDLE = Duration.ofMinutes(1);
    /** File systems count time in steps of up to two seconds: what changed later may have changed again unseen. */
    private static final Duration COARSEST_STEP = Duration.ofSeconds(2);

    private final Executor executor;
    private final Clock clock;
    private final int windowBytes;
    private final Duration idle;
    private final Deque<Remembered> windows = new ArrayDeque<>();
    private final AtomicLong readings = new AtomicLong();
    private boolean dropping;

    SortedNames(Executor executor) {
        this(executor, Clock.systemUTC(), WINDOW_BYTES, IDLE);
    }

    SortedNames(Executor executor, Clock clock, int windowBytes, Duration idle) {
        this.executor = executor;
        this.clock = clock;
        this.windowBytes = windowBytes;
        this.idle = idle;
    }

    /** Which folder in which state. */
    private record Seen(Object folder, Instant modified, Instant changed) {
        static Seen of(FileState state) {
            return new Seen(state.identity(), state.modified(), state.changed());
        }
    }

    private record Remembered(Seen seen, NameWindow window, boolean settled, Instant used) {}

    /**
     * The names from a position on.
     *
     * @param goesOn whether this listing has been in this folder before. One that has not must see everything that was there when it
     *     began, so that it takes no names that were read in the very moment of a change
     */
    NameWindow from(Folder folder, Position position, boolean goesOn) throws IOException {
        Seen seen = Seen.of(folder.itself());
        Optional<NameWindow> known = find(seen, position, goesOn);
        if (known.isPresent()) {
            return known.get();
        }
        Instant begun = clock.instant();
        readings.incrementAndGet();
        NameWindow window = NameWindow.read(folder, position, windowBytes);
        if (window.size() > WORTH_REMEMBERING && Seen.of(folder.itself()).equals(seen)) {
            boolean settled = seen.changed().plus(COARSEST_STEP).isBefore(begun);
            remember(new Remembered(seen, window, settled, begun));
        }
        return window;
    }

    private synchronized Optional<NameWindow> find(Seen seen, Position position, boolean goesOn) {
        windows.removeIf(known ->
                known.seen().folder().equals(seen.folder()) && !known.seen().equals(seen));
        for (Iterator<Remembered> each = windows.iterator(); each.hasNext(); ) {
            Remembered known = each.next();
            if (known.seen().equals(seen) && known.window().covers(position) && (goesOn || known.settled())) {
                each.remove();
                windows.addFirst(new Remembered(seen, known.window(), known.settled(), clock.instant()));
                return Optional.of(known.window());
            }
        }
        return Optional.empty();
    }

    private synchronized void remember(Remembered window) {
        windows.addFirst(window);
        if (windows.size() > MAX_WINDOWS) {
            windows.removeLast();
        }
        dropLater();
    }

    private void dropLater() {
        if (!dropping) {
            dropping = true;
            CompletableFuture.delayedExecutor(idle.toMillis(), TimeUnit.MILLISECONDS, executor)
                    .execute(this::dropIdle);
        }
    }

    private synchronized void dropIdle() {
        dropping = false;
        Instant limit = clock.instant().minus(idle);
        windows.removeIf(known -> !known.used().isAfter(limit));
        if (!windows.isEmpty()) {
            dropLater();
        }
    }

    /** How often a folder was read. */
    long readings() {
        return readings.get();
    }

    /** How many windows are remembered. */
    synchronized int remembered() {
        return windows.size();
    }
}
