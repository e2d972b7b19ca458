package io.hermes.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Answers requests byte for byte as it is told, one after the other, so that an answer can also be broken. */
final class Service implements AutoCloseable {

    private final ServerSocket socket;
    private final Deque<byte[]> answers = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();
    private final Thread thread = new Thread(this::serve, "service");

    /** What came. */
    record Request(String line, String head, String body) {}

    Service() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** The next request is answered with this JSON. */
    Service answer(int status, String json) {
        return answerRaw(
                "HTTP/1.1 %d x\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                        .formatted(status, json.getBytes(StandardCharsets.UTF_8).length, json));
    }

    /** The next request is answered with these bytes; then the connection is closed. */
    synchronized Service answerRaw(String text) {
        answers.add(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    Request onlyRequest() {
        if (requests().size() != 1) {
            throw new AssertionError("requests: " + requests());
        }
        return requests().getFirst();
    }

    private void serve() {
        try {
            while (true) {
                try (Socket client = socket.accept()) {
                    serve(client);
                }
            }
        } catch (SocketException closed) {
            // The test is over.
            return;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void serve(Socket client) throws IOException {
        InputStream in = new BufferedInputStream(client.getInputStream());
        String head = head(in);
        int length = head.lines()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        OutputStream out = client.getOutputStream();
        out.write(next(new Request(head.lines().findFirst().orElse(""), head, body)));
        out.flush();
    }

    private synchronized byte[] next(Request request) {
        requests.add(request);
        return answers.isEmpty() ? new byte[0] : answers.remove();
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int one = in.read(); one >= 0; one = in.read()) {
            head.write(one);
            if (head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
