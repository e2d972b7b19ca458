package io.hermes.systemtests;

import io.hermes.stack.demo.MigrationJob;
import io.hermes.stack.proof.BucketReader;
import io.hermes.storage.testing.Fault;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.Faults.Framing;
import io.hermes.storage.testing.Requests;
import io.hermes.systemtests.fault.Blows.Pauses;
import io.hermes.systemtests.fault.storage.AnotherDocument;
import io.hermes.systemtests.fault.storage.Choice;
import io.hermes.systemtests.fault.storage.Outage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of a source by itself (F15 to F18, F20, F23): a bucket whose documents are copied to a folder. */
@Tag("full")
@ExtendWith(OnStage.class)
class SourceFaultsTest {

    private static final int CUT = 100;
    private static final long SMALL = 1 << 20;
    private static final long LARGE = 20 << 20;
    private static final Pauses SOON = Pauses.seconds(0.1, 0.5);

    /** What the client tries by itself before the worker hears of it. */
    private static final int TRIES = 3;

    static Stream<Arguments> outages() {
        return Stream.of(
                Arguments.of("F15 GET 503", Faults.error(503, "SlowDown"), 10),
                Arguments.of("F16 GET 500", Faults.error(500, "InternalError"), 10),
                Arguments.of("F17 GET cut under its length", Faults.truncate(CUT, Framing.KEEPS_LENGTH), 10),
                Arguments.of("F20 GET reset", Faults.reset(CUT), 10),
                Arguments.of("F20 GET stalls", Faults.stall(CUT), 2),
                Arguments.of("F20 GET unanswered", Faults.silence(), 2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void anOutageIsChargedToNoDocument(String fault, Fault doing, int documents, Stage stage) throws Exception {
        Depot depot = Depot.on(stage);
        Choice chosen = depot.choose(fault, documents, CUT + 1, SMALL, TRIES);
        try (Trial trial = depot.toFolder(stage, Names.of(fault))) {
            trial.suffers(fault, chosen.strikes(), chosen.among(Requests.of("GET"), Depot.PLACE), doing)
                    .run()
                    .assertAllArrivedUncharged();
        }
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                Arguments.of("F17 GET cut, in chunks", Faults.truncate(CUT, Framing.CHUNKED), "INTERNAL"),
                Arguments.of("F17 GET cut, until close", Faults.truncate(CUT, Framing.UNTIL_CLOSE), "INTERNAL"),
                Arguments.of(
                        "F17 GET cut, under its own length",
                        Faults.truncate(CUT, Framing.SHORTER_LENGTH),
                        "CONTENT_INVALID"),
                Arguments.of("F18 bit flipped in GET", Faults.flipInReply(CUT), "CONTENT_INVALID"));
    }

    /** No byte of it is accepted, and what is read the next time is whole. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void aDamagedBodyIsReadAgain(String fault, Fault doing, String code, Stage stage) throws Exception {
        Depot depot = Depot.on(stage);
        Choice chosen = depot.choose(fault, 8, CUT + 1, SMALL, 1);
        try (Trial trial = depot.toFolder(stage, Names.of(fault))) {
            trial.suffers(fault, chosen.strikes(), chosen.among(Requests.of("GET"), Depot.PLACE), doing)
                    .run()
                    .assertAllArrivedChargedTo(chosen, code);
        }
    }

    static Stream<Arguments> strangeBodies() {
        return Stream.of(
                Arguments.of("F18 another document's answer", true, "SOURCE_CHANGED"),
                Arguments.of("F18 another document's body", false, "CONTENT_INVALID"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangeBodies")
    void anotherDocumentsBodyIsNotTakenForThisOne(String fault, boolean headersToo, String code, Stage stage)
            throws Exception {
        Depot depot = Depot.on(stage);
        Choice all = depot.choose(fault, 9, CUT + 1, SMALL, 1);
        String other = all.keys().iterator().next();
        Choice chosen = all.without(other);
        BucketReader server = new BucketReader(stage.description().s3(), MigrationJob.BUCKET);
        try (Trial trial = depot.toFolder(stage, Names.of(fault))) {
            Fault doing = new AnotherDocument(server, Depot.PLACE + "/" + other, headersToo);
            trial.suffers(fault, chosen.strikes(), chosen.among(Requests.of("GET"), Depot.PLACE), doing)
                    .run()
                    .assertAllArrivedChargedTo(chosen, code);
        }
    }

    static Stream<Arguments> damagesOfLarge() {
        return Stream.of(
                Arguments.of("F17 20 MiB cut under its length", Faults.truncate(12 << 20, Framing.KEEPS_LENGTH)),
                Arguments.of("F18 bit flipped in 20 MiB", Faults.flipInReply(15 << 20)),
                Arguments.of("F20 20 MiB reset", Faults.reset(12 << 20)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damagesOfLarge")
    void aDamagedStreamIsReadAgain(String fault, Fault doing, Stage stage) throws Exception {
        Depot depot = Depot.on(stage);
        Choice large = depot.choose(fault, 1, LARGE, LARGE, 2);
        try (Trial trial = depot.toFolder(stage, Names.of(fault))) {
            trial.suffers(fault, 2, large.among(Requests.of("GET"), Depot.PLACE), doing)
                    .run()
                    .assertAllArrived();
        }
    }

    @Test
    void aBodyThatComesSlowlyIsNotGivenUp(Stage stage) throws Exception {
        Depot depot = Depot.on(stage);
        Choice chosen = depot.choose("slow", 4, 1000, 4000, 1);
        try (Trial trial = depot.toFolder(stage, "f20-slow")) {
            trial.suffers(
                            "F20 GET at 500 bytes a second",
                            chosen.strikes(),
                            chosen.among(Requests.of("GET"), Depot.PLACE),
                            Faults.slowReply(500))
                    .run()
                    .assertAllArrivedUncharged();
        }
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("F16 GET 404", Faults.error(404, "NoSuchKey"), "SOURCE_NOT_FOUND"),
                Arguments.of("F16 GET 403", Faults.error(403, "AccessDenied"), "SOURCE_PERMISSION_DENIED"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void aRefusedDocumentFailsAndNoOther(String fault, Fault doing, String code, Stage stage) throws Exception {
        Depot depot = Depot.on(stage);
        Choice chosen = depot.choose(fault, 5, 0, SMALL, 1);
        try (Trial trial = depot.toFolder(stage, Names.of(fault))) {
            trial.suffers(fault, 5, chosen.among(Requests.of("GET"), Depot.PLACE), doing)
                    .run()
                    .assertFailed(chosen, code);
        }
    }

    @Test
    void revokedKeysAreWaitedFor(Stage stage) throws Exception {
        try (Trial trial = Depot.on(stage).toFolder(stage, "f23-source")) {
            Fault revoked = Faults.error(403, "InvalidAccessKeyId");
            Outage outage = new Outage(trial.books(), trial.proxy(), Requests.all(), revoked, 12);
            trial.suffers(
                            "F23 keys of the source revoked",
                            1,
                            SOON,
                            outage.seenIn(() -> trial.job().shown(), "provider_auth"))
                    .run()
                    .assertAllArrivedUncharged();
        }
    }
}
