package io.hermes.storage.local;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Makes the names in folders survive a power cut, one sync for all writers that are waiting for the same folder.
 *
 * <p>Whoever comes while a sync of the folder is running cannot know whether it still covers what was just published, so that it
 * joins the next one; the first of these leads it as soon as the running one has ended. A sync that fails fails for all whom it was
 * to cover: the kernel tells an error once, and asking again would be answered with a success that is none.
 */
final class FolderSyncs {

    private final Map<Object, Round> open = new HashMap<>();
    private final Map<Object, Round> running = new HashMap<>();

    /** One sync of one folder. */
    private static final class Round {
        private final CompletableFuture<Void> end = new CompletableFuture<>();
    }

    /** Makes one folder durable. */
    interface Sync {
        void run() throws IOException;
    }

    /** Returns when a sync that began after this call has ended. */
    void sync(Object folder, Sync sync) throws IOException {
        Round round = new Round();
        Round joined;
        synchronized (this) {
            joined = open.putIfAbsent(folder, round);
        }
        if (joined == null) {
            lead(folder, round, sync);
            joined = round;
        }
        await(joined);
    }

    private void lead(Object folder, Round round, Sync sync) {
        waitForTurn(folder, round);
        try {
            sync.run();
            round.end.complete(null);
        } catch (IOException | RuntimeException failure) {
            round.end.completeExceptionally(failure);
        } finally {
            // For whatever was not caught: nobody may wait for ever.
            round.end.completeExceptionally(new IOException("the sync of the folder did not end"));
            synchronized (this) {
                running.remove(folder, round);
                notifyAll();
            }
        }
    }

    /** From here on nobody joins this round any more. */
    private synchronized void waitForTurn(Object folder, Round round) {
        boolean interrupted = false;
        while (running.containsKey(folder)) {
            try {
                wait();
            } catch (InterruptedException stop) {
                interrupted = true;
            }
        }
        open.remove(folder, round);
        running.put(folder, round);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Round round) throws IOException {
        try {
            Void unused = round.end.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof IOException cause) {
                throw new IOException(cause.getMessage(), cause);
            }
            throw failure;
        }
    }
}
