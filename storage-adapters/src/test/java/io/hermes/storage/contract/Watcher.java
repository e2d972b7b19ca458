package io.hermes.storage.contract;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A reader that never stops looking at one document while others write it, and remembers every state that it saw. */
final class Watcher implements AutoCloseable {

    private final DocumentStore store;
    private final String key;
    private final Set<Object> seen = ConcurrentHashMap.newKeySet();
    private final Set<Long> listed = ConcurrentHashMap.newKeySet();
    private final Queue<Map.Entry<Integer, CompletableFuture<Void>>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final Thread thread = new Thread(this::watch, "watcher");
    private volatile boolean over;

    Watcher(DocumentStore store, String key) {
        this.store = store;
        this.key = key;
        thread.start();
    }

    /** Ends when a look has begun and ended since: what stands there now has been seen. */
    Uni<Void> looked() {
        return Uni.createFrom().completionStage(() -> {
            CompletableFuture<Void> done = new CompletableFuture<>();
            waiting.add(Map.entry(looks.get() + 2, done));
            return done;
        });
    }

    /** Hashes of the documents that were read, and what was met instead: kinds of errors, or defects. */
    Set<Object> seen() {
        return seen;
    }

    /** Sizes under which the document was listed. */
    Set<Long> listed() {
        return listed;
    }

    private void watch() {
        while (!over) {
            seen.add(look());
            int now = looks.incrementAndGet();
            waiting.removeIf(wait -> wait.getKey() <= now && wait.getValue().complete(null));
        }
        waiting.forEach(wait -> wait.getValue().complete(null));
    }

    private Object look() {
        try {
            Steps.await(store.list(ListRequest.everything())).entries().stream()
                    .filter(entry -> entry.key().value().equals(key))
                    .map(ListPage.Entry::size)
                    .forEach(listed::add);
            return Steps.hashOf(Steps.read(store, key));
        } catch (StorageException failure) {
            // A defect: nobody expects it, and its message says where it is.
            return failure.kind() == ErrorKind.INTERNAL ? failure : failure.kind();
        } catch (RuntimeException | AssertionError broken) {
            return broken;
        }
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }
}
