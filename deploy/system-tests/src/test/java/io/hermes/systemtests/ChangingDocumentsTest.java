package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.stack.demo.MigrationJob;
import io.hermes.stack.proof.BucketReader;
import io.hermes.stack.proof.Fingerprint;
import io.hermes.storage.testing.Requests;
import io.hermes.systemtests.fault.Blows.Pauses;
import io.hermes.systemtests.fault.storage.Choice;
import io.hermes.systemtests.fault.storage.Deed;
import io.hermes.systemtests.fault.storage.Editor;
import io.hermes.systemtests.fault.storage.SmallDisk;
import io.hermes.systemtests.oracle.ItemRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** F24 to F26: stores that others use too, and a disk that is full. */
@Tag("full")
@ExtendWith(OnStage.class)
class ChangingDocumentsTest {

    private static final long SMALL = 1 << 20;
    private static final long LARGE = 20 << 20;
    private static final byte[] STRANGE = "a stranger's".getBytes(StandardCharsets.UTF_8);
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** Each is copied as it was or as it became, or fails as changed or gone; and nobody else's suffers. */
    @Test
    void aFolderThatSomebodyWorksInIsCopiedStateByState(Stage stage) throws Exception {
        try (Trial trial = Trial.copying(stage, "f24-folder", 80)) {
            Editor editor = editor(
                    trial, List.copyOf(trial.corpus().manifest().documents().keySet()));
            trial.suffers("F24 source edited", 20, Pauses.seconds(0.02, 0.2), editor)
                    .run();
            assertThat(trial.books().items()).allSatisfy(item -> assertEnding(trial, item));
        }
    }

    private static void assertEnding(Trial trial, ItemRow item) {
        if (!trial.changes().touched(item.key())) {
            assertThat(item.status()).as("%s", item).isEqualTo("completed");
            assertThat(item.attempts()).as("%s", item).isZero();
        } else if (item.status().equals("failed")) {
            assertThat(item.errorCode())
                    .as("%s", item)
                    .isIn(trial.changes().gone(item.key()) ? GONE : List.of("SOURCE_CHANGED"));
        } else {
            assertThat(item.status()).as("%s", item).isEqualTo("completed");
        }
    }

    private static final List<String> GONE = List.of("SOURCE_NOT_FOUND", "SOURCE_CHANGED");

    private static Editor editor(Trial trial, List<String> keys) {
        Path desk = Stage.home().resolve("desk");
        return new Editor(trial.corpus().folder(), desk, keys, trial.books(), trial.changes());
    }

    /** It goes by parts; when the second is on its way, the document is another. */
    @Test
    void aLongDocumentThatIsReplacedWhileItIsReadIsOneOfBoth(Stage stage) throws Exception {
        try (Trial trial = Trial.copying(stage, "f24-long", 30)) {
            String large = Choice.of(
                            1,
                            trial.corpus().keys(LARGE, LARGE),
                            1,
                            Seed.ofRun().of("large"))
                    .only();
            Editor editor = editor(trial, List.of(large));
            trial.suffers(
                            "F24 replaced at the second part",
                            1,
                            Requests.of("PUT").query("partNumber").nth(2),
                            Deed.before(key -> editor.replace(large, STRANGE)))
                    .run()
                    .assertAllArrived();
        }
    }

    /** The listing said another state; the store itself confirms the new one, and that is copied. */
    @Test
    void anObjectThatIsReplacedAfterItWasListedIsCopiedAsItIs(Stage stage) throws Exception {
        Corpus corpus = planted(stage, "f24-replaced");
        try (Trial trial = between(stage, "f24-replaced", corpus)) {
            Choice chosen =
                    Choice.of(8, trial.corpus().keys(0, SMALL), 1, Seed.ofRun().of("replaced"));
            trial.suffers(
                            "F24 object replaced",
                            8,
                            chosen.among(Requests.of("GET"), "f24-replaced"),
                            Deed.before(replacing(trial, stage, "f24-replaced")))
                    .run()
                    .assertAllArrivedUncharged();
        }
    }

    /** Its head was read; when the rest is asked for under the state that was pinned, it is another. */
    @Test
    void aLongObjectThatIsReplacedBetweenTwoRequestsIsReadAgain(Stage stage) throws Exception {
        Corpus corpus = planted(stage, "f24-pinned");
        try (Trial trial = between(stage, "f24-pinned", corpus)) {
            Choice large = Choice.of(
                    1, trial.corpus().keys(LARGE, LARGE), 1, Seed.ofRun().of("pinned"));
            Requests second =
                    Requests.of("GET").key("f24-pinned/" + large.only()).nth(2);
            trial.suffers(
                            "F24 object replaced under the pin",
                            1,
                            second,
                            Deed.before(replacing(trial, stage, "f24-pinned")))
                    .run()
                    .assertAllArrivedChargedTo(large, "SOURCE_CHANGED");
        }
    }

    @Test
    void anObjectThatIsDeletedAfterItWasListedFailsAndNoOther(Stage stage) throws Exception {
        Corpus corpus = planted(stage, "f24-deleted");
        BucketReader server = server(stage);
        try (Trial trial = between(stage, "f24-deleted", corpus)) {
            Choice chosen =
                    Choice.of(5, trial.corpus().keys(0, SMALL), 1, Seed.ofRun().of("deleted"));
            trial.suffers("F24 object deleted", 5, chosen.among(Requests.of("GET"), "f24-deleted"), Deed.before(key -> {
                        trial.changes().goes(relative(key, "f24-deleted"));
                        server.delete(key);
                    }))
                    .run()
                    .assertFailed(chosen, "SOURCE_NOT_FOUND");
        }
    }

    /** The stranger was there a moment before us. */
    @Test
    void aStrangerWhoWasFasterKeepsHisDocument(Stage stage) throws Exception {
        Depot depot = Depot.on(stage);
        Choice chosen = depot.choose("faster", 6, 0, SMALL, 1);
        try (Trial trial = depot.toBucket(stage, "f25-faster", Job.Terms.USUAL)) {
            trial.suffers(
                            "F25 stranger before our write",
                            6,
                            chosen.among(Requests.of("PUT"), "f25-faster"),
                            Deed.before(intruding(trial, stage, "f25-faster")))
                    .run()
                    .assertRefused(chosen, "DEST_CONFLICT");
        }
    }

    /** Our document was there, we did not hear of it, and when we look it is the stranger's. */
    @Test
    void aStrangerWhoReplacedWhatWeWroteIsNotTakenForUs(Stage stage) throws Exception {
        Depot depot = Depot.on(stage);
        Choice chosen = depot.choose("after", 1, 0, SMALL, 1);
        try (Trial trial = depot.toBucket(stage, "f25-after", Job.Terms.USUAL)) {
            String key = "f25-after/" + chosen.only();
            trial.suffers(
                            "F25 stranger after our write",
                            1,
                            chosen.among(Requests.of("PUT"), "f25-after"),
                            Deed.insteadOfTheReply(key, intruding(trial, stage, "f25-after")))
                    .run()
                    .assertRefused(chosen, "DEST_CONFLICT");
        }
    }

    @Test
    void aFullDiskHoldsNoPartOfADocumentAndIsWaitedFor(Stage stage) throws Exception {
        Depot depot = Depot.on(stage);
        Optional<SmallDisk> mounted = SmallDisk.mount(Stage.home().resolve("small-disk"), 1);
        assumeTrue(mounted.isPresent(), "mounting a small disk takes root and the right to mount");
        try (SmallDisk disk = mounted.get();
                Trial trial = depot.toFolder(stage, "f26-full", disk.folder(), new Job.Terms("store_checked", 20))) {
            trial.suffers("F26 disk full", 1, Pauses.seconds(0, 0), chance -> {
                        await("documents that do not fit")
                                .atMost(LIMIT)
                                .until(() ->
                                        trial.books().troubles().getOrDefault("failed DEST_QUOTA_EXCEEDED", 0L) >= 6);
                        disk.grow(256);
                        return true;
                    })
                    .run()
                    .assertAllArrived();
            assertThat(leftovers(disk.folder())).isEmpty();
        }
    }

    private static List<String> leftovers(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(".hermes-"))
                    .toList();
        }
    }

    /** Documents that a stranger has put into the bucket. */
    private static Corpus planted(Stage stage, String place) throws IOException {
        Corpus corpus = Corpus.write(place, 30, Seed.ofRun());
        BucketReader server = server(stage);
        for (String key : corpus.manifest().documents().keySet()) {
            server.put(place + "/" + key, Files.readAllBytes(corpus.folder().resolve(key)));
        }
        return corpus;
    }

    /** The source's document becomes another, which is noted before. */
    private static Deed.Doing replacing(Trial trial, Stage stage, String place) {
        BucketReader server = server(stage);
        return key -> {
            trial.changes().becomes(relative(key, place), fingerprint(STRANGE));
            server.put(key, STRANGE);
        };
    }

    /** A stranger's document is at the destination, which is noted before. */
    private static Deed.Doing intruding(Trial trial, Stage stage, String place) {
        BucketReader server = server(stage);
        return key -> {
            trial.changes().stranger(relative(key, place), fingerprint(STRANGE));
            server.put(key, STRANGE);
        };
    }

    private static Trial between(Stage stage, String place, Corpus corpus) throws Exception {
        String name = place + "-copy";
        return Trial.along(stage, name, corpus, Route.betweenPlaces(stage.description(), name, place), Job.Terms.USUAL);
    }

    private static BucketReader server(Stage stage) {
        return new BucketReader(stage.description().s3(), MigrationJob.BUCKET);
    }

    private static String relative(String key, String place) {
        return key.substring(place.length() + 1);
    }

    private static Fingerprint fingerprint(byte[] content) throws IOException {
        return Fingerprint.of(new ByteArrayInputStream(content));
    }
}
