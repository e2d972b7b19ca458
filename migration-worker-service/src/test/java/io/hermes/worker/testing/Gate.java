package io.hermes.worker.testing;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds up whoever comes, without a thread, until it is opened. */
public final class Gate {

    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final AtomicInteger waiting = new AtomicInteger();

    public Uni<Void> passed() {
        return Uni.createFrom().deferred(() -> {
            waiting.incrementAndGet();
            return Uni.createFrom().completionStage(opened);
        });
    }

    public int waiting() {
        return waiting.get();
    }

    public void open() {
        opened.complete(null);
    }
}
