package io.hermes.systemtests;

import io.hermes.stack.demo.MigrationJob;
import io.hermes.stack.proof.BucketReader;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.Faults.Framing;
import io.hermes.storage.testing.Requests;
import io.hermes.systemtests.fault.Blows.Pauses;
import io.hermes.systemtests.fault.storage.AnotherDocument;
import io.hermes.systemtests.fault.storage.Choice;
import io.hermes.systemtests.fault.storage.Outage;
import io.hermes.systemtests.fault.storage.Pages;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A store that does everything stores do wrong, as destination and then as source: every document arrives, equal, all the same. */
@ExtendWith(OnStage.class)
class StorageFaultsTest {

    private static final String THERE = "there";
    private static final long SMALL = 1 << 20;

    /** Several faults may meet in one document. */
    private static final Job.Terms TERMS = new Job.Terms("store_checked", 10);

    @Test
    @Timeout(1200)
    void everyDocumentGoesThereAndBackThroughAllOfThem(Stage stage) throws Exception {
        Corpus corpus = Corpus.write(THERE, 50, Seed.ofRun());
        Route there = Route.toBucket(stage.description(), THERE, corpus.folder());
        try (Trial trial = Trial.along(stage, THERE, corpus, there, TERMS)) {
            underFaultsOfADestination(trial).run().assertAllArrived();
        }
        Path folder = Stage.home().resolve("arrived").resolve("back");
        Route back = Route.toFolder(stage.description(), "back", THERE, folder);
        try (Trial trial = Trial.along(stage, "back", corpus, back, TERMS)) {
            underFaultsOfASource(trial, new BucketReader(stage.description().s3(), MigrationJob.BUCKET))
                    .run()
                    .assertAllArrived();
        }
    }

    private static Trial underFaultsOfADestination(Trial trial) {
        Requests puts = Requests.of("PUT");
        Choice.Deck deck = deckOf(trial);
        Outage revoked =
                new Outage(trial.books(), trial.proxy(), Requests.all(), Faults.error(403, "InvalidAccessKeyId"), 4);
        return trial.suffers(
                        "F15 503 for 20 %", 2, puts.share(0.2, Seed.ofRun().value()), Faults.error(503, "SlowDown"))
                .suffers("F16 500", 9, deck.deal(3, 3).among(puts, THERE), Faults.status(500))
                .suffers(
                        "F16 200 with an error",
                        1,
                        Requests.of("POST").query("uploadId").first(1),
                        Faults.error(200, "InternalError"))
                .suffers("F18 bit flipped in PUT", 4, deck.deal(4, 1).among(puts, THERE), Faults.flipInRequest(0))
                .suffers("F19 reply lost", 12, deck.deal(4, 3).among(puts, THERE), Faults.loseReply())
                .suffers(
                        "F23 keys revoked",
                        1,
                        Pauses.seconds(0.5, 1),
                        revoked.seenIn(() -> trial.job().shown(), "provider_auth"));
    }

    private static Trial underFaultsOfASource(Trial trial, BucketReader server) {
        Requests gets = Requests.of("GET");
        Choice.Deck deck = deckOf(trial);
        Choice others = deck.deal(4, 1);
        String other = others.keys().iterator().next();
        return trial.suffers(
                        "F15 503 for 20 %", 2, gets.share(0.2, Seed.ofRun().value()), Faults.error(503, "SlowDown"))
                .suffers(
                        "F17 cut under its length",
                        9,
                        deck.deal(3, 3).among(gets, THERE),
                        Faults.truncate(1, Framing.KEEPS_LENGTH))
                .suffers(
                        "F17 cut until close",
                        3,
                        deck.deal(3, 1).among(gets, THERE),
                        Faults.truncate(1, Framing.UNTIL_CLOSE))
                .suffers(
                        "F17 cut, as if it were all",
                        3,
                        deck.deal(3, 1).among(gets, THERE),
                        Faults.truncate(1, Framing.SHORTER_LENGTH))
                .suffers("F18 bit flipped in GET", 4, deck.deal(4, 1).among(gets, THERE), Faults.flipInReply(0))
                .suffers(
                        "F18 another document",
                        3,
                        others.without(other).among(gets, THERE),
                        new AnotherDocument(server, THERE + "/" + other, true))
                .suffers("F20 reset", 9, deck.deal(3, 3).among(gets, THERE), Faults.reset(1))
                .suffers("F21 0 results", 1, Requests.listings().nth(1), Pages.nothing());
    }

    /** The small ones that are not empty. */
    private static Choice.Deck deckOf(Trial trial) {
        return new Choice.Deck(trial.corpus().keys(2, SMALL), Seed.ofRun().of("deck"));
    }
}
