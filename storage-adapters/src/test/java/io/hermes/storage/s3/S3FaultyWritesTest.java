package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Written;
import io.hermes.storage.testing.FaultRule;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.ProxiedReply;
import io.hermes.storage.testing.Requests;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Writes through a network that misbehaves: wholly there or not at all, and never called done without being told so. */
class S3FaultyWritesTest extends ThroughFaults {

    private static final Requests PUT = Requests.of("PUT").key(KEY.value());
    private static final Requests COMPLETE = Requests.of("POST").query("uploadId");

    @Test
    void aFlippedBitIsRefusedByTheStore() {
        proxy.on(PUT, Faults.flipInRequest(3));
        assertThat(failureOf(store.write(small(Precondition.none()))).kind()).isEqualTo(ErrorKind.CONTENT_MISMATCH);
        assertThat(held(KEY)).isEmpty();
    }

    @Test
    void aFlippedBitInAPartIsRefusedByTheStore() {
        proxy.on(Requests.of("PUT").query("partNumber").nth(2), Faults.flipInRequest(4_000_000));
        assertThat(failureOf(store.write(large())).kind()).isEqualTo(ErrorKind.CONTENT_MISMATCH);
        assertNothingIsLeft();
    }

    @Test
    void aLostReplyIsFoundByOurMarker() {
        reopen(settings().with("retry_max_attempts", "3"));
        proxy.on(PUT.first(1), Faults.loseReply());
        Written written = await(store.write(small(Precondition.ifAbsent())));
        assertThat(written.revision()).isEqualTo(await(store.stat(KEY)).revision());
        assertThat(held(KEY)).hasValue(BYTES);
    }

    /** Nobody knows: the document is there, and the kind says "look first". */
    @Test
    void aLostReplyWithoutAnotherTryIsAnOpenQuestion() {
        proxy.on(PUT, Faults.loseReply());
        assertThat(failureOf(store.write(small(Precondition.ifAbsent()))).kind())
                .isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(held(KEY)).hasValue(BYTES);
    }

    @Test
    void aLostRequestIsSentAgain() {
        reopen(settings().with("retry_max_attempts", "3"));
        FaultRule lost = proxy.on(PUT.first(2), Faults.dropRequest());
        await(store.write(small(Precondition.ifAbsent())));
        assertThat(lost.fired()).isEqualTo(2);
        assertThat(held(KEY)).hasValue(BYTES);
    }

    @Test
    void aThirdOfAllRequestsMayFail() {
        reopen(settings().with("retry_max_attempts", "5"));
        FaultRule busy = proxy.on(Requests.all().share(0.3, 42), Faults.error(503, "SlowDown"));
        for (int time = 0; time < 20; time++) {
            await(store.write(small(Precondition.none())));
        }
        assertThat(busy.fired()).isBetween(3, 30);
        assertThat(held(KEY)).hasValue(BYTES);
    }

    /** S3 begins its answer to a completion before it knows how that will end. */
    @Test
    void anErrorUnderAStatusOfSuccessIsNoCompletion() {
        proxy.on(COMPLETE, success(() -> Faults.errorXml("InternalError")));
        assertThat(failureOf(store.write(large())).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(held(KEY)).isEmpty();
    }

    @Test
    void anEmptySuccessIsNoCompletion() {
        proxy.on(COMPLETE.nth(1), Faults.status(200));
        proxy.on(COMPLETE.nth(2), success(() -> "<something/>"));
        proxy.on(COMPLETE.nth(3), Faults.rewrite(xml -> xml.replaceAll("<ETag>.*</ETag>", "")));
        for (int time = 0; time < 2; time++) {
            assertThat(failureOf(store.write(large())).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
            assertThat(held(KEY)).isEmpty();
        }
        // This one is done at the server, which only did not say what it has made of it.
        assertThat(failureOf(store.write(large())).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(held(KEY)).isPresent();
    }

    @Test
    void aSuccessWithoutAnETagIsNoWrite() {
        proxy.on(PUT, Faults.status(200));
        assertThat(failureOf(store.write(small(Precondition.none()))).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(held(KEY)).isEmpty();
    }

    /** The one lie that no answer betrays; the reading back of a move, or of a store that is not proven, does. */
    @Test
    void aWriteThatWasAcknowledgedAndNotDoneIsSeenByReadingBack() {
        proxy.on(PUT, Faults.answer(() -> ProxiedReply.of(200).with("ETag", "\"0cc175b9c0f1b6a831c399e269772661\"")));
        await(store.write(small(Precondition.none())));
        assertThat(failureOf(store.read(ReadRequest.latest(KEY, MIB))).kind()).isEqualTo(ErrorKind.NOT_FOUND);
    }

    @Test
    void aDeletionThatWasAcknowledgedAndNotDoneIsSeenByLooking() {
        plant(KEY, BYTES);
        proxy.on(Requests.of("DELETE"), Faults.status(204));
        await(store.delete(KEY, Precondition.none()));
        assertThat(await(store.stat(KEY)).size()).isEqualTo(BYTES.length);
    }

    @Test
    void aDeletionWhoseReplyWasLostIsDone() {
        plant(KEY, BYTES);
        reopen(settings().with("retry_max_attempts", "2"));
        proxy.on(Requests.of("DELETE").first(1), Faults.loseReply());
        await(store.delete(KEY, Precondition.none()));
        assertThat(held(KEY)).isEmpty();
    }

    /** Nothing of the document, that is: its parts are for the next attempt, which is not to begin anew after an outage. */
    @Test
    void aServerThatDiesAmidAPartLeavesNothingToSee() {
        proxy.on(Requests.of("PUT").query("partNumber").nth(2), Faults.dropRequest());
        assertThat(failureOf(store.write(large())).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(held(KEY)).isEmpty();
        await(store.write(large()));
        assertThat(held(KEY)).hasValue(new byte[12 * MIB]);
    }

    private static io.hermes.storage.testing.Fault success(Supplier<String> xml) {
        return Faults.answer(() ->
                ProxiedReply.of(200).with("Content-Type", "application/xml").text(xml.get()));
    }

    /** A part that was on its way when the upload was given up keeps it alive. */
    @Test
    void anUploadThatOutlivesItsEndIsEndedAgain() {
        proxy.on(Requests.of("PUT").query("partNumber").nth(3), Faults.error(403, "AccessDenied"));
        proxy.on(Requests.of("DELETE").query("uploadId").first(1), Faults.status(204));
        assertThat(failureOf(store.write(large())).kind()).isEqualTo(ErrorKind.PERMISSION_DENIED);
        assertNothingIsLeft();
    }

    private static void assertNothingIsLeft() {
        assertThat(held(KEY)).isEmpty();
        Awaitility.await().untilAsserted(() -> assertThat(unfinishedUploads()).isZero());
    }
}
