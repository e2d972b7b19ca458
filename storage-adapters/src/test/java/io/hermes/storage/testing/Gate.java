package io.hermes.storage.testing;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds requests back until it is opened, and tells how many were there at once. */
public final class Gate implements Fault {

    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Override
    public ProxiedRequest onRequest(ProxiedRequest request) throws IOException {
        most.accumulateAndGet(waiting.incrementAndGet(), Math::max);
        try {
            opened.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException(ended);
        } finally {
            waiting.decrementAndGet();
        }
        return request;
    }

    /** Requests before the gate now. */
    public int waiting() {
        return waiting.get();
    }

    /** The most that were before it, or passing it, at any one time. */
    public int most() {
        return most.get();
    }

    /** Lets all of them pass, and all that come. */
    public void open() {
        opened.countDown();
    }
}
