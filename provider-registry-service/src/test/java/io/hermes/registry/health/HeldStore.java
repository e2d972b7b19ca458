package io.hermes.registry.health;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Says yes to whoever asks an S3 server for its bucket, and can be made to take its time over it. */
public final class HeldStore implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch held = new CountDownLatch(0);

    private HeldStore(HttpServer server) {
        this.server = server;
    }

    public static HeldStore start() {
        try {
            HeldStore store =
                    new HeldStore(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            store.server.createContext("/", exchange -> {
                store.asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                store.await();
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            store.server.setExecutor(store.threads);
            store.server.start();
            return store;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on requests wait, and are counted from none. */
    public void hold() {
        held = new CountDownLatch(1);
        asked.clear();
    }

    public void letGo() {
        held.countDown();
    }

    public List<String> asked() {
        return asked;
    }

    private void await() {
        try {
            held.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        letGo();
        server.stop(0);
        threads.shutdownNow();
    }
}
