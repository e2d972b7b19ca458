package io.hermes.storage.testing;

import io.hermes.storage.testing.Cut.How;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The faults that servers and networks really have. */
public final class Faults {

    /** Stands in every error that {@link #error} makes; no message, log or event of ours may ever show it. */
    public static final String CANARY = "canary-of-the-server";

    private Faults() {}

    /** How a body that is too short presents itself. */
    public enum Framing {
        /** Under the length of the whole body; then the connection ends. */
        KEEPS_LENGTH,
        /** In chunks, of which the last never comes. */
        CHUNKED,
        /** Without any length: the end of the connection is the end of the body. Only who knows the size can tell. */
        UNTIL_CLOSE,
        /** Under its own, shorter length: nothing on the wire is wrong. */
        SHORTER_LENGTH
    }

    /** Answers with this status and no body; the server never hears of the request. */
    public static Fault status(int status) {
        return answer(() -> ProxiedReply.of(status));
    }

    /** Answers with S3's XML for this code; the server never hears of the request. */
    public static Fault error(int status, String code) {
        return answer(() ->
                ProxiedReply.of(status).with("Content-Type", "application/xml").text(errorXml(code)));
    }

    /** S3's description of an error, with a message that nobody may repeat. */
    public static String errorXml(String code) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + CANARY
                + "</Message><RequestId>" + CANARY + "</RequestId></Error>";
    }

    /** Answers with what is made anew each time; the server never hears of the request. */
    public static Fault answer(Supplier<ProxiedReply> reply) {
        return new Fault() {
            @Override
            public Optional<ProxiedReply> instead(ProxiedRequest request) {
                return Optional.of(reply.get());
            }
        };
    }

    /** A body of one repeated byte, of any length, that takes no memory. */
    public static InputStream filler(long size, char letter) {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return letter;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                java.util.Arrays.fill(into, from, from + length, (byte) letter);
                return length;
            }
        };
        return new HttpFraming.Limited(endless, size);
    }

    /** Waits before the request goes on. */
    public static Fault delay(Duration latency) {
        return onRequest(request -> {
            pause(latency);
            return request;
        });
    }

    /** The request is lost: the connection ends before the server hears of it. */
    public static Fault dropRequest() {
        return onRequest(request -> {
            throw new Cut(How.CLOSE);
        });
    }

    /** The server does what it is asked, but its reply is lost with the connection. */
    public static Fault loseReply() {
        return onReply(reply -> {
            throw new Cut(How.CLOSE);
        });
    }

    /** Everything is read, nothing is forwarded, nothing is ever answered. */
    public static Fault silence() {
        return onRequest(request -> {
            throw new Cut(How.SILENCE);
        });
    }

    /** Nothing behind the head is read, nothing is ever answered. */
    public static Fault deafness() {
        return onRequest(request -> {
            throw new Cut(How.DEAFNESS);
        });
    }

    /** The reply's body stops after so many bytes and the connection stays open. */
    public static Fault stall(long after) {
        return onReply(reply -> reply.withBody(new HttpFraming.Cutting(reply.body(), after, How.SILENCE)));
    }

    /** The connection is reset after so many bytes of the reply's body. */
    public static Fault reset(long after) {
        return onReply(reply -> reply.withBody(new HttpFraming.Cutting(reply.body(), after, How.RESET)));
    }

    /** The reply's body is cut after so many bytes. */
    public static Fault truncate(long after, Framing framing) {
        return onReply(reply -> {
            HttpHeaders bare = reply.headers().without("Content-Length").without("Transfer-Encoding");
            ProxiedReply cut = reply.withBody(new HttpFraming.Cutting(reply.body(), after, How.CLOSE));
            return switch (framing) {
                case KEEPS_LENGTH -> cut;
                case CHUNKED -> cut.withHeaders(bare.with("Transfer-Encoding", "chunked"));
                case UNTIL_CLOSE -> cut.withHeaders(bare.with("Connection", "close"));
                case SHORTER_LENGTH -> cut.withHeaders(bare.with("Content-Length", Long.toString(after)));
            };
        });
    }

    /** One bit of the reply's body is another. */
    public static Fault flipInReply(long at) {
        return onReply(reply -> reply.withBody(new HttpFraming.Flipping(reply.body(), at)));
    }

    /** One bit of the request's body is another when it reaches the server. */
    public static Fault flipInRequest(long at) {
        return onRequest(request -> request.withBody(new HttpFraming.Flipping(request.body(), at)));
    }

    /** The reply's body comes at this rate at most; one byte a second is a slow loris. */
    public static Fault slowReply(long bytesPerSecond) {
        return onReply(reply -> reply.withBody(new HttpFraming.Slow(reply.body(), bytesPerSecond)));
    }

    /** The request's body is taken at this rate at most. */
    public static Fault slowRequest(long bytesPerSecond) {
        return onRequest(request -> request.withBody(new HttpFraming.Slow(request.body(), bytesPerSecond)));
    }

    /** Changes the reply's headers: leaves some out, repeats some, puts nonsense. */
    public static Fault headers(UnaryOperator<HttpHeaders> change) {
        return onReply(reply -> reply.withHeaders(change.apply(reply.headers())));
    }

    /** Changes the text of the reply's body, such as a listing's XML. The body is collected for it. */
    public static Fault rewrite(UnaryOperator<String> change) {
        return onReply(
                reply -> reply.text(change.apply(new String(reply.body().readAllBytes(), StandardCharsets.UTF_8))));
    }

    /** A change that may end the exchange. */
    private interface Change<T> {
        T apply(T message) throws IOException;
    }

    private static Fault onRequest(Change<ProxiedRequest> change) {
        return new Fault() {
            @Override
            public ProxiedRequest onRequest(ProxiedRequest request) throws IOException {
                return change.apply(request);
            }
        };
    }

    private static Fault onReply(Change<ProxiedReply> change) {
        return new Fault() {
            @Override
            public ProxiedReply onReply(ProxiedReply reply) throws IOException {
                return change.apply(reply);
            }
        };
    }

    static void pause(Duration duration) throws IOException {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new Cut(How.CLOSE);
        }
    }
}
