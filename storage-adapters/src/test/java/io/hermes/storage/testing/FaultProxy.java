package io.hermes.storage.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * Stands before a real HTTP server and lets go wrong what tests say. What no rule is about passes byte for byte, {@code Host}
 * included, so that signatures stay valid.
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.before(server.endpoint())) {
 *     FaultRule busy = proxy.on(Requests.of("PUT").key("a.md").first(2), Faults.error(503, "SlowDown"));
 *     …
 * }
 * }</pre>
 *
 * <p>All rules that hit a request act on it, in the order in which they were given; the first that answers instead of the server
 * wins. {@link #close} fails if a rule never fired: such a test proves nothing.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int REMEMBERED = 10_000;
    private static final int BACKLOG = 512;
    private static final int RECEIVE_BUFFER = 64 * 1024;

    private final Optional<URI> server;
    private final Optional<SSLContext> tls;
    private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
    private final Deque<ProxiedRequest> requests = new ArrayDeque<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch ended = new CountDownLatch(1);
    private ServerSocket door;
    private final AtomicInteger accepted = new AtomicInteger();
    private int port;

    private FaultProxy(Optional<URI> server, Optional<SSLContext> tls) {
        this.server = server;
        this.tls = tls;
        openDoor();
    }

    /** A proxy before a server that speaks plain HTTP. */
    public static FaultProxy before(String endpoint) {
        return new FaultProxy(Optional.of(URI.create(endpoint)), Optional.empty());
    }

    /** The same, for clients that speak TLS. */
    public static FaultProxy before(String endpoint, SSLContext tls) {
        return new FaultProxy(Optional.of(URI.create(endpoint)), Optional.of(tls));
    }

    /** No server at all: what no rule answers is 501. */
    public static FaultProxy alone() {
        return new FaultProxy(Optional.empty(), Optional.empty());
    }

    /** Base URL for clients. */
    public String endpoint() {
        return (tls.isPresent() ? "https" : "http") + "://127.0.0.1:" + port;
    }

    /** From now on this goes wrong with these requests. */
    public FaultRule on(Requests requests, Fault fault) {
        FaultRule rule = new FaultRule(requests, fault);
        rules.add(rule);
        return rule;
    }

    /** The requests so far without their bodies, the latest {@value #REMEMBERED}. */
    public List<ProxiedRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** How many of the requests so far were of this kind. */
    public int count(Requests kind) {
        return (int) requests().stream().filter(kind.what()).count();
    }

    /** Connections that are open now, to clients and to the server. */
    public int connections() {
        return open.size();
    }

    /** Connections of clients so far, closed ones included. */
    public int accepted() {
        return accepted.get();
    }

    /** Breaks all connections and refuses new ones, as a host does whose server has ended. */
    public synchronized void refuseConnections() {
        close(door);
        open.forEach(this::close);
    }

    /** Accepts connections again, at the same port. */
    public synchronized void acceptConnections() {
        openDoor();
    }

    private void openDoor() {
        try {
            ServerSocket fresh = new ServerSocket();
            fresh.setReuseAddress(true);
            // So that a client notices soon when nothing is taken from it.
            fresh.setReceiveBufferSize(RECEIVE_BUFFER);
            fresh.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), BACKLOG);
            door = fresh;
            port = fresh.getLocalPort();
            Thread.ofVirtual().name("fault-proxy").start(() -> accept(fresh));
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    private void accept(ServerSocket at) {
        try {
            while (true) {
                Socket client = at.accept();
                accepted.incrementAndGet();
                opened(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over, or connections are refused.
        }
    }

    private void serve(Socket client) {
        try {
            new ProxiedConnection(this, tls.isPresent() ? secured(client, tls.get()) : client).serve();
        } catch (IOException gone) {
            // One side has gone; the other follows.
        } finally {
            close(client);
        }
    }

    private static Socket secured(Socket plain, SSLContext context) throws IOException {
        return context.getSocketFactory().createSocket(plain, null, true);
    }

    Optional<URI> server() {
        return server;
    }

    List<Fault> due(ProxiedRequest request) {
        synchronized (requests) {
            if (requests.size() == REMEMBERED) {
                requests.removeFirst();
            }
            requests.add(request.withoutBody());
        }
        return rules.stream()
                .filter(rule -> rule.hits(request))
                .map(FaultRule::fault)
                .toList();
    }

    void opened(Socket socket) {
        open.add(socket);
    }

    void close(Socket socket) {
        open.remove(socket);
        close((AutoCloseable) socket);
    }

    private static void close(AutoCloseable what) {
        try {
            what.close();
        } catch (Exception alreadyBroken) {
            // Closed is closed.
        }
    }

    void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all connections. Fails if a rule never fired. */
    @Override
    public void close() {
        refuseConnections();
        ended.countDown();
        List<FaultRule> owed = rules.stream().filter(FaultRule::isOwed).toList();
        if (!owed.isEmpty()) {
            throw new AssertionError("the test proves nothing: " + owed);
        }
    }
}
