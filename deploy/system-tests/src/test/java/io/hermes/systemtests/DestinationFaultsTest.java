package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hermes.storage.testing.Fault;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.ProxiedReply;
import io.hermes.storage.testing.Requests;
import io.hermes.systemtests.fault.Blows.Pauses;
import io.hermes.systemtests.fault.storage.Choice;
import io.hermes.systemtests.fault.storage.Outage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of a destination by itself (F15, F16, F18 to F20, F22, F23), on documents that come from a bucket too. */
@Tag("full")
@ExtendWith(OnStage.class)
class DestinationFaultsTest {

    private static final long SMALL = 1 << 20;
    private static final long LARGE = 20 << 20;
    private static final Pauses SOON = Pauses.seconds(0.1, 0.5);
    private static final Fault STORED =
            Faults.answer(() -> ProxiedReply.of(200).with("ETag", "\"0123456789abcdef0123456789abcdef\""));

    /** What the client tries by itself before the worker hears of it. */
    private static final int TRIES = 3;

    static Stream<Arguments> outages() {
        return Stream.of(
                Arguments.of("F15 503 SlowDown", Faults.error(503, "SlowDown"), 10),
                Arguments.of("F15 429 Retry-After", Faults.answer(DestinationFaultsTest::later), 6),
                Arguments.of("F16 500 InternalError", Faults.error(500, "InternalError"), 10),
                Arguments.of("F16 502 without a body", Faults.status(502), 10),
                Arguments.of("F16 504 without a body", Faults.status(504), 10),
                Arguments.of("F19 stored, reply lost", Faults.loseReply(), 10),
                Arguments.of("F20 connection closed before the request", Faults.dropRequest(), 10),
                Arguments.of("F20 silence", Faults.silence(), 2),
                Arguments.of("F20 deafness", Faults.deafness(), 2));
    }

    private static ProxiedReply later() {
        return ProxiedReply.of(429)
                .with("Content-Type", "application/xml")
                .with("Retry-After", "1")
                .text(Faults.errorXml("TooManyRequests"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void anOutageIsChargedToNoDocument(String fault, Fault doing, int documents, Stage stage) throws Exception {
        Depot depot = Depot.on(stage);
        String place = Names.of(fault);
        Choice chosen = depot.choose(fault, documents, 0, SMALL, TRIES);
        try (Trial trial = depot.toBucket(stage, place, Job.Terms.USUAL)) {
            trial.suffers(fault, chosen.strikes(), chosen.among(Requests.of("PUT"), place), doing)
                    .run()
                    .assertAllArrivedUncharged();
        }
    }

    @Test
    void aThirdOfRequestsThrottledIsChargedToNoDocument(Stage stage) throws Exception {
        Requests some = Requests.of("PUT").share(0.3, Seed.ofRun().value());
        try (Trial trial = Depot.on(stage).toBucket(stage, "f15-share", Job.Terms.USUAL)) {
            trial.suffers("F15 503 for 30 %", 3, some, Faults.error(503, "SlowDown"))
                    .run()
                    .assertAllArrivedUncharged();
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("F15 everything 503", Faults.error(503, "SlowDown"), "provider_unavailable"),
                Arguments.of("F16 307 to another region", Faults.error(307, "TemporaryRedirect"), "provider_auth"),
                Arguments.of("F16 301 to another region", Faults.error(301, "PermanentRedirect"), "provider_auth"),
                Arguments.of("F16 clocks disagree", Faults.error(403, "RequestTimeTooSkewed"), "provider_auth"),
                Arguments.of("F23 keys revoked", Faults.error(403, "InvalidAccessKeyId"), "provider_auth"));
    }

    /** The job says what it waits for, and goes on by itself. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void aStoreThatRefusesEverythingIsWaitedFor(String fault, Fault doing, String reason, Stage stage)
            throws Exception {
        String place = Names.of(fault);
        Requests all = Requests.all().matching(request -> request.key().startsWith(place + "/"));
        try (Trial trial = Depot.on(stage).toBucket(stage, place, Job.Terms.USUAL)) {
            Outage outage = new Outage(trial.books(), trial.proxy(), all, doing, 12);
            trial.suffers(fault, 1, SOON, outage.seenIn(() -> trial.job().shown(), reason))
                    .run()
                    .assertAllArrivedUncharged();
        }
    }

    @Test
    void aCompletionThatFailsUnderStatus200IsNoSuccess(Stage stage) throws Exception {
        Depot depot = Depot.on(stage);
        Choice large = depot.choose("large", 1, LARGE, LARGE, TRIES);
        Requests completions = large.among(Requests.of("POST").query("uploadId"), "f16-complete");
        try (Trial trial = depot.toBucket(stage, "f16-complete", Job.Terms.USUAL)) {
            trial.suffers("F16 200 with an error", TRIES, completions, Faults.error(200, "InternalError"))
                    .run()
                    .assertAllArrivedUncharged();
        }
    }

    @Test
    void aBitThatFlipsOnTheWayIsRefusedAndSentAgain(Stage stage) throws Exception {
        Depot depot = Depot.on(stage);
        Choice chosen = depot.choose("flip", 8, 1, SMALL, 1);
        try (Trial trial = depot.toBucket(stage, "f18-flip", Job.Terms.USUAL)) {
            trial.suffers(
                            "F18 bit flipped in PUT",
                            8,
                            chosen.among(Requests.of("PUT"), "f18-flip"),
                            Faults.flipInRequest(0))
                    .run()
                    .assertAllArrivedChargedTo(chosen, "CONTENT_HASH_MISMATCH");
        }
    }

    @Test
    void aBitThatFlipsInAPartIsRefusedAndSentAgain(Stage stage) throws Exception {
        Depot depot = Depot.on(stage);
        Choice large = depot.choose("large", 1, LARGE, LARGE, 1);
        Requests parts = large.among(Requests.of("PUT").query("partNumber"), "f18-part");
        try (Trial trial = depot.toBucket(stage, "f18-part", Job.Terms.USUAL)) {
            trial.suffers("F18 bit flipped in a part", 1, parts, Faults.flipInRequest(4_000_000))
                    .run()
                    .assertAllArrivedChargedTo(large, "CONTENT_HASH_MISMATCH");
        }
    }

    /** Only reading it again can tell, which is what {@code read_back} is for. */
    @Test
    void whatWasAcknowledgedAndNotStoredIsMissedByReadingItBack(Stage stage) throws Exception {
        Depot depot = Depot.on(stage);
        Choice chosen = depot.choose("lost", 8, 0, SMALL, 1);
        try (Trial trial = depot.toBucket(stage, "f19-lost", new Job.Terms("read_back", 3))) {
            trial.suffers("F19 acknowledged, not stored", 8, chosen.among(Requests.of("PUT"), "f19-lost"), STORED)
                    .run()
                    .assertAllArrivedChargedTo(chosen, "DEST_CONFLICT");
        }
    }

    /** Negative control: a store whose word is taken and not kept is beyond {@code store_checked}, but not beyond the verifier. */
    @Test
    void theVerifierMissesWhatWasAcknowledgedAndNotStored(Stage stage) throws Exception {
        Depot depot = Depot.on(stage);
        Choice chosen = depot.choose("liar", 4, 0, SMALL, 1);
        try (Trial trial = depot.toBucket(stage, "f19-liar", Job.Terms.USUAL)) {
            trial.suffers("F19 acknowledged, not stored", 4, chosen.among(Requests.of("PUT"), "f19-liar"), STORED);
            assertThatThrownBy(trial::run)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("I2: completed, and is not there as it was");
        }
    }

    /** A store that does not show yet what it has just taken costs an attempt at most, and makes no second copy. */
    @Test
    void aStoreThatShowsLateWhatItTookMakesNoConflict(Stage stage) throws Exception {
        Depot depot = Depot.on(stage);
        Choice chosen = depot.choose("late", 6, 0, SMALL, 1);
        try (Trial trial = depot.toBucket(stage, "f19-late", Job.Terms.USUAL)) {
            trial.suffers("F19 reply lost", 6, chosen.among(Requests.of("PUT"), "f19-late"), Faults.loseReply())
                    .suffers("F19 HEAD 404", 6, chosen.among(Requests.of("HEAD"), "f19-late"), Faults.status(404))
                    .run()
                    .assertAllArrived();
        }
    }

    @Test
    void aKeyThatIsForbiddenFailsItsDocumentAndNoOther(Stage stage) throws Exception {
        Depot depot = Depot.on(stage);
        Choice chosen = depot.choose("forbidden", 5, 0, SMALL, 1);
        try (Trial trial = depot.toBucket(stage, "f16-forbidden", Job.Terms.USUAL)) {
            Requests puts = chosen.among(Requests.of("PUT"), "f16-forbidden");
            trial.suffers("F16 403 AccessDenied", 5, puts, Faults.error(403, "AccessDenied"))
                    .run()
                    .assertFailed(chosen, "DEST_PERMISSION_DENIED");
        }
    }

    static Stream<Arguments> deletions() {
        return Stream.of(
                Arguments.of("F22 DELETE 503", Faults.error(503, "SlowDown")),
                Arguments.of("F22 DELETE 403", Faults.error(403, "AccessDenied")),
                Arguments.of("F22 DELETE 204, not done", Faults.status(204)));
    }

    /** A copy deletes nothing but its own notes about uploads by parts. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("deletions")
    void aNoteThatCannotBeDeletedIsInNobodysWay(String fault, Fault doing, Stage stage) throws Exception {
        try (Trial trial = Depot.on(stage).toBucket(stage, Names.of(fault), Job.Terms.USUAL)) {
            trial.suffers(fault, 1, Requests.of("DELETE"), doing).run().assertAllArrivedUncharged();
        }
    }
}
