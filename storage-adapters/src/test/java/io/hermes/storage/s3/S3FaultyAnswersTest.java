package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.testing.Fault;
import io.hermes.storage.testing.FaultRule;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.HttpHeaders;
import io.hermes.storage.testing.ProxiedReply;
import io.hermes.storage.testing.Requests;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a store answers instead of what it was asked: each answer has one meaning, whatever was asked, and none is echoed. */
class S3FaultyAnswersTest extends ThroughFaults {

    private static final Optional<Duration> AT_ONCE = Optional.empty();

    private enum Call {
        LIST(store -> store.list(ListRequest.everything())),
        STAT(store -> store.stat(KEY)),
        READ(store -> store.read(ReadRequest.latest(KEY, MIB))),
        WRITE(store -> store.write(small(Precondition.ifAbsent()))),
        WRITE_PARTS(store -> store.write(large())),
        DELETE(store -> store.delete(KEY, Precondition.none()));

        private final Function<DocumentStore, Uni<?>> call;

        Call(Function<DocumentStore, Uni<?>> call) {
            this.call = call;
        }
    }

    /** What is answered, what it means, whether it may pass, whether the whole store is concerned, when to come back. */
    private record Answer(
            String name,
            Fault fault,
            ErrorKind kind,
            boolean retryable,
            boolean outage,
            Optional<Duration> retryAfter) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> everyAnswerToEveryCall() {
        return answers()
                .flatMap(answer -> Arrays.stream(Call.values())
                        // The answer to a HEAD has no body, so that a 503 says no more than that.
                        .filter(call -> call != Call.STAT || !answer.name().equals("503 SlowDown"))
                        .map(call -> arguments(call, answer)));
    }

    private static Stream<Answer> answers() {
        Optional<Duration> later = Optional.of(Duration.ofSeconds(17));
        return Stream.of(
                new Answer("503 SlowDown", error(503, "SlowDown"), ErrorKind.RATE_LIMITED, true, true, AT_ONCE),
                new Answer("503 and when", later(503), ErrorKind.RATE_LIMITED, true, true, later),
                new Answer("429 and when", later(429), ErrorKind.RATE_LIMITED, true, true, later),
                new Answer("503 bare", Faults.status(503), ErrorKind.UNAVAILABLE, true, true, AT_ONCE),
                new Answer("500", error(500, "InternalError"), ErrorKind.UNAVAILABLE, true, true, AT_ONCE),
                new Answer("502 page", page(502), ErrorKind.UNAVAILABLE, true, true, AT_ONCE),
                new Answer("504 bare", Faults.status(504), ErrorKind.UNAVAILABLE, true, true, AT_ONCE),
                new Answer("200 login page", page(200), ErrorKind.UNAVAILABLE, true, true, AT_ONCE),
                new Answer("301", error(301, "PermanentRedirect"), ErrorKind.CONFIG_INVALID, false, false, AT_ONCE),
                new Answer("307", error(307, "TemporaryRedirect"), ErrorKind.CONFIG_INVALID, false, false, AT_ONCE),
                new Answer(
                        "wrong region",
                        error(400, "AuthorizationHeaderMalformed"),
                        ErrorKind.CONFIG_INVALID,
                        false,
                        false,
                        AT_ONCE),
                new Answer(
                        "wrong clock",
                        error(400, "RequestTimeTooSkewed"),
                        ErrorKind.UNAUTHENTICATED,
                        false,
                        true,
                        AT_ONCE),
                new Answer("expired", error(400, "ExpiredToken"), ErrorKind.UNAUTHENTICATED, false, true, AT_ONCE),
                new Answer("403", error(403, "AccessDenied"), ErrorKind.PERMISSION_DENIED, false, false, AT_ONCE),
                new Answer("no bucket", error(404, "NoSuchBucket"), ErrorKind.CONTAINER_MISSING, false, true, AT_ONCE),
                new Answer("full", error(507, "InsufficientStorage"), ErrorKind.QUOTA_EXCEEDED, true, false, AT_ONCE),
                new Answer("bomb", bomb(), ErrorKind.UNAVAILABLE, true, true, AT_ONCE),
                new Answer("outer entity", outerEntity(), ErrorKind.UNAVAILABLE, true, true, AT_ONCE));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyAnswerToEveryCall")
    void hasOneMeaning(Call call, Answer answer) {
        FaultRule rule = proxy.on(Requests.all(), answer.fault());

        StorageException failure = failureOf(call.call.apply(store));

        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(answer.kind());
        assertThat(failure.kind().retryable()).isEqualTo(answer.retryable());
        assertThat(failure.kind().outage()).isEqualTo(answer.outage());
        assertThat(failure.retryAfter()).isEqualTo(answer.retryAfter());
        assertThat(failure).hasMessageNotContaining(Faults.CANARY).hasNoCause();
        assertThat(rule.fired()).isPositive();
        assertThat(held(KEY)).isEmpty();
    }

    /** A hundred megabytes are not read: the connection would need seconds for them, and the heap room. */
    @Test
    void anErrorOfAHundredMegabytesIsCutShort() {
        long size = 100L * MIB;
        proxy.on(
                Requests.all(),
                Faults.answer(() -> ProxiedReply.of(500)
                        .with("Content-Length", Long.toString(size))
                        .withBody(Faults.filler(size, 'x'))));
        for (Call call : Call.values()) {
            assertThat(failureOf(call.call.apply(store)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        }
    }

    private static Fault error(int status, String code) {
        return Faults.error(status, code);
    }

    private static Fault later(int status) {
        return Faults.answer(() -> ProxiedReply.of(status).with("Retry-After", "17"));
    }

    private static Fault page(int status) {
        return Faults.answer(() -> ProxiedReply.of(status)
                .with("Content-Type", "text/html; charset=utf-8")
                .text("<!DOCTYPE html><html><body>Please log in, " + Faults.CANARY + "</body></html>"));
    }

    private static Fault bomb() {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE Error [<!ENTITY a0 \"lol\">");
        for (int level = 1; level < 10; level++) {
            xml.append("<!ENTITY a").append(level).append(" \"");
            xml.append(("&a" + (level - 1) + ";").repeat(10)).append("\">");
        }
        xml.append("]><Error><Code>&a9;</Code></Error>");
        return Faults.answer(() -> ProxiedReply.of(500).text(xml.toString()));
    }

    private static Fault outerEntity() {
        return Faults.answer(
                () -> new ProxiedReply(500, "Error", HttpHeaders.NONE, java.io.InputStream.nullInputStream())
                        .text("<?xml version=\"1.0\"?><!DOCTYPE Error [<!ENTITY f SYSTEM \"file:///etc/hostname\">]>"
                                + "<Error><Code>&f;</Code></Error>"));
    }
}
