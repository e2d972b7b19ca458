package io.hermes.storage.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stretch of wire before a server, byte for byte, so that signatures stay valid: notes what the client sends and can lose an answer.
 * Without a server it answers every request with the same words.
 */
final class Wire implements AutoCloseable {

    private final ServerSocket door;
    private final URI upstream;
    private final byte[] words;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final AtomicInteger answersToLose = new AtomicInteger();

    private Wire(URI upstream, byte[] words) {
        this.upstream = upstream;
        this.words = words;
        try {
            door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** A wire to a server. */
    static Wire to(String endpoint) {
        return new Wire(URI.create(endpoint), null);
    }

    /** No server at all: these words, then the connection is closed. */
    static Wire saying(String... lines) {
        return new Wire(null, String.join("\r\n", lines).getBytes(StandardCharsets.ISO_8859_1));
    }

    String endpoint() {
        return "http://127.0.0.1:" + door.getLocalPort();
    }

    /** The next answer is lost: the connection ends instead. */
    void loseAnAnswer() {
        answersToLose.set(1);
    }

    /** The head lines of all requests so far. */
    List<String> sent() {
        synchronized (sent) {
            return sent.toString(StandardCharsets.ISO_8859_1).lines().toList();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client) {
            if (upstream == null) {
                byte[] request = new byte[64 * 1024];
                if (client.getInputStream().read(request) > 0) {
                    client.getOutputStream().write(words);
                    client.getOutputStream().flush();
                }
                return;
            }
            try (Socket server = new Socket(upstream.getHost(), upstream.getPort())) {
                Thread forth = Thread.ofVirtual().start(() -> forth(client, server));
                back(server, client);
                client.close();
                forth.join();
            }
        } catch (IOException | InterruptedException ended) {
            // One side has gone; the other follows.
        }
    }

    private void forth(Socket client, Socket server) {
        byte[] piece = new byte[64 * 1024];
        try (InputStream in = client.getInputStream();
                OutputStream out = server.getOutputStream()) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                synchronized (sent) {
                    sent.write(piece, 0, count);
                }
                out.write(piece, 0, count);
            }
        } catch (IOException ended) {
            // As above.
        }
    }

    private void back(Socket server, Socket client) throws IOException {
        byte[] piece = new byte[64 * 1024];
        InputStream in = server.getInputStream();
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            if (answersToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return;
            }
            client.getOutputStream().write(piece, 0, count);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
