package io.hermes.systemtests.fault;

import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.awaitility.core.ConditionTimeoutException;

/**
 * F9: stands between a service and PostgreSQL and passes everything on, until it is told to: then the next transaction is committed,
 * and the connection is cut before anybody is told.
 *
 * <p>Reads as much of the protocol as that takes: messages of the client, by their length, up to a simple query {@code COMMIT}.
 */
public final class LostReplies implements AutoCloseable {

    private static final int TLS_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(5);
    private static final int LENGTH = 4;
    private static final int BUFFER = 16 << 10;
    private static final byte[] COMMIT = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket entrance;
    private final IntSupplier port;
    private final AtomicInteger owed = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    /** @param port of PostgreSQL, asked for at every connection */
    public LostReplies(IntSupplier port) throws IOException {
        this.port = port;
        this.entrance = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread unused = Thread.ofVirtual().name("lost replies").start(this::accept);
    }

    /** Where the service is to connect. */
    public int port() {
        return entrance.getLocalPort();
    }

    /** Loses the reply to the next commit of whichever service commits first. */
    public Blow losing() {
        return chance -> {
            int before = lost.get();
            owed.set(1);
            try {
                await().atMost(COMMIT_LIMIT).until(() -> lost.get() > before);
                return true;
            } catch (ConditionTimeoutException nobodyCommitted) {
                return false;
            } finally {
                owed.set(0);
            }
        };
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Thread unused = Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException closed) {
                // Either for good, or the next attempt says so.
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port.getAsInt())) {
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Conversation conversation = new Conversation(client, server);
            Thread replies = Thread.ofVirtual().start(conversation::passReplies);
            conversation.passRequests();
            replies.join();
        } catch (IOException away) {
            // The service sees a connection that breaks, as it would without us.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Conversation {
        private final Socket client;
        private final Socket server;
        private volatile boolean committing;

        private Conversation(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void passRequests() {
            try {
                DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
                OutputStream out = server.getOutputStream();
                startUp(in, out);
                int type = in.read();
                while (type >= 0) {
                    byte[] body = in.readNBytes(in.readInt() - LENGTH);
                    committing = type == 'Q' && Arrays.equals(body, COMMIT) && isOwed();
                    write(out, type, body);
                    type = in.read();
                }
            } catch (IOException broken) {
                // Both sides are closed below.
            } finally {
                hangUp();
            }
        }

        private boolean isOwed() {
            return owed.getAndUpdate(before -> Math.max(0, before - 1)) > 0;
        }

        /** Messages without a type, until the real one: questions for encryption come before it. */
        private static void startUp(DataInputStream in, OutputStream out) throws IOException {
            int code = TLS_REQUEST;
            while (code == TLS_REQUEST || code == GSS_REQUEST) {
                int length = in.readInt();
                code = in.readInt();
                ByteBuffer message = ByteBuffer.allocate(length);
                message.putInt(length).putInt(code).put(in.readNBytes(length - 2 * LENGTH));
                out.write(message.array());
                out.flush();
            }
        }

        private static void write(OutputStream out, int type, byte[] body) throws IOException {
            ByteBuffer message = ByteBuffer.allocate(1 + LENGTH + body.length);
            message.put((byte) type).putInt(body.length + LENGTH).put(body);
            out.write(message.array());
            out.flush();
        }

        private void passReplies() {
            try {
                InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream();
                byte[] buffer = new byte[BUFFER];
                int count = in.read(buffer);
                while (count >= 0 && !isDone(buffer, count)) {
                    out.write(buffer, 0, count);
                    out.flush();
                    count = in.read(buffer);
                }
            } catch (IOException broken) {
                // Both sides are closed below.
            } finally {
                hangUp();
            }
        }

        /** Whether this says that the transaction whose reply is to be lost has been committed, and not rolled back. */
        private boolean isDone(byte[] buffer, int count) {
            boolean done = committing && new String(buffer, 0, count, StandardCharsets.US_ASCII).contains("COMMIT\0");
            if (done) {
                lost.incrementAndGet();
            }
            return done;
        }

        private void hangUp() {
            try (client;
                    server) {
                committing = false;
            } catch (IOException alreadyGone) {
                // That is what was wanted.
            }
        }
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }
}
