package io.hermes.storage.testing;

import io.hermes.storage.testing.Cut.How;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One client's connection and the one to the server that belongs to it. */
final class ProxiedConnection {

    /** Younger than any server's own limit, so that a connection the server has just given up is never used again. */
    private static final Duration FRESH = Duration.ofSeconds(3);

    private final FaultProxy proxy;
    private final Socket client;
    private final InputStream in;
    private final OutputStream out;
    private Optional<Upstream> upstream = Optional.empty();

    ProxiedConnection(FaultProxy proxy, Socket client) throws IOException {
        this.proxy = proxy;
        this.client = client;
        client.setTcpNoDelay(true);
        in = new BufferedInputStream(client.getInputStream(), 32 * 1024);
        out = new BufferedOutputStream(client.getOutputStream(), 32 * 1024);
    }

    /** The connection to the server. */
    private static final class Upstream {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private long lastUse;

        private Upstream(URI server) throws IOException {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 32 * 1024);
            out = new BufferedOutputStream(socket.getOutputStream(), 32 * 1024);
        }
    }

    /** Serves one request after the other until one side has had enough. */
    void serve() throws IOException {
        try {
            while (exchange()) {
                // The next request.
            }
        } catch (Cut cut) {
            end(cut.how());
        } finally {
            hangUp();
        }
    }

    private boolean exchange() throws IOException {
        Optional<List<String>> head = HttpFraming.head(in);
        if (head.isEmpty()) {
            return false;
        }
        ProxiedRequest sent = request(head.get());
        List<Fault> faults = proxy.due(sent);
        ProxiedRequest request = sent;
        for (Fault fault : faults) {
            request = fault.onRequest(request);
        }
        Optional<ProxiedReply> instead = Optional.empty();
        for (Fault fault : faults) {
            instead = instead.isPresent() ? instead : fault.instead(request);
        }
        // The client that waits for "100 Continue" has not sent its body and will not after another answer.
        boolean unsent = instead.isPresent() && request.waitsForContinue();
        if (instead.isPresent() && !unsent) {
            request.body().transferTo(OutputStream.nullOutputStream());
        }
        ProxiedReply reply = instead.isPresent() ? instead.get() : forward(request);
        for (Fault fault : faults) {
            reply = fault.onReply(reply);
        }
        boolean more = answer(request, reply);
        return more && !unsent && !request.headers().endsConnection();
    }

    private ProxiedRequest request(List<String> head) {
        String[] start = head.getFirst().split(" ", 3);
        HttpHeaders headers = HttpFraming.headers(head);
        return new ProxiedRequest(
                start[0], start[1], headers, HttpFraming.body(in, headers, InputStream.nullInputStream()));
    }

    private ProxiedReply forward(ProxiedRequest request) throws IOException {
        if (proxy.server().isEmpty()) {
            return ProxiedReply.of(501);
        }
        Upstream to = connected(proxy.server().get());
        HttpFraming.writeHead(to.out, request.method() + " " + request.target() + " HTTP/1.1", request.headers());
        if (request.waitsForContinue()) {
            to.out.flush();
            ProxiedReply word = reply(to, request);
            if (word.status() != 100) {
                hangUpAfter(word);
                return word.with("Connection", "close");
            }
            HttpFraming.writeHead(out, "HTTP/1.1 100 Continue", HttpHeaders.NONE);
            out.flush();
        }
        send(request, to);
        ProxiedReply reply = reply(to, request);
        while (reply.status() < 200) {
            reply = reply(to, request);
        }
        hangUpAfter(reply);
        return reply;
    }

    private static void send(ProxiedRequest request, Upstream to) throws IOException {
        try {
            HttpFraming.copy(request.body(), to.out, request.headers().chunked());
        } catch (Cut cut) {
            throw cut;
        } catch (IOException refused) {
            // A server may answer and close before it has read everything; its answer is there to be read.
        }
    }

    private Upstream connected(URI server) throws IOException {
        upstream.filter(open -> System.nanoTime() - open.lastUse > FRESH.toNanos())
                .ifPresent(stale -> hangUp());
        if (upstream.isEmpty()) {
            upstream = Optional.of(new Upstream(server));
            proxy.opened(upstream.get().socket);
        }
        upstream.get().lastUse = System.nanoTime();
        return upstream.get();
    }

    private static ProxiedReply reply(Upstream from, ProxiedRequest request) throws IOException {
        List<String> head = HttpFraming.head(from.in).orElseThrow(() -> new Cut(How.CLOSE));
        String[] start = head.getFirst().split(" ", 3);
        int status = Integer.parseInt(start[1]);
        HttpHeaders headers = HttpFraming.headers(head);
        boolean bare = request.method().equals("HEAD") || status < 200 || status == 204 || status == 304;
        InputStream body = bare ? InputStream.nullInputStream() : HttpFraming.body(from.in, headers, from.in);
        return new ProxiedReply(status, start.length == 3 ? start[2] : "", headers, body);
    }

    /** @return whether the connection can carry another exchange */
    private boolean answer(ProxiedRequest request, ProxiedReply reply) throws IOException {
        HttpFraming.writeHead(out, "HTTP/1.1 " + reply.status() + " " + reply.reason(), reply.headers());
        boolean bare = request.method().equals("HEAD") || reply.status() == 204 || reply.status() == 304;
        try {
            if (!bare) {
                HttpFraming.copy(reply.body(), out, reply.headers().chunked());
            }
        } finally {
            out.flush();
        }
        boolean framed = bare
                || reply.headers().chunked()
                || reply.headers().first("Content-Length").isPresent();
        return framed && !reply.headers().endsConnection();
    }

    private void hangUpAfter(ProxiedReply reply) {
        if (reply.headers().endsConnection()) {
            // Its socket is closed with the client's, once the body has passed.
            upstream.ifPresent(last -> last.lastUse = Long.MIN_VALUE / 2);
        }
    }

    private void hangUp() {
        upstream.ifPresent(open -> proxy.close(open.socket));
        upstream = Optional.empty();
    }

    private void end(How how) throws IOException {
        hangUp();
        switch (how) {
            case CLOSE -> {}
            case RESET -> client.setSoLinger(true, 0);
            case SILENCE -> in.transferTo(OutputStream.nullOutputStream());
            case DEAFNESS -> proxy.awaitEnd();
        }
    }
}
