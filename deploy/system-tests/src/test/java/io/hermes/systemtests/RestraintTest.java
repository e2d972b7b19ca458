package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.stack.proof.SourceFolder;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.Requests;
import io.hermes.systemtests.oracle.Balance;
import io.hermes.systemtests.oracle.Books;
import io.hermes.systemtests.oracle.ItemRow;
import io.hermes.systemtests.oracle.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What must not happen: a rehearsal that writes (I15), and a write by a job that is cancelled (I14). */
@Tag("full")
@ExtendWith(OnStage.class)
class RestraintTest {

    private static final int DOCUMENTS = 120;
    private static final int ENDED_BEFORE_CANCEL = 20;
    private static final Duration SLOW = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** The probe of a provider writes below a reserved name, whatever the jobs do. */
    private static final Requests CHANGES = Requests.all()
            .matching(request -> !READING.contains(request.method()))
            .matching(request -> !request.key().contains("/.hermes-"));

    @Test
    @Timeout(300)
    void aRehearsalLooksAtEveryDocumentAndWritesNone(Stage stage) throws Exception {
        // Given
        String name = "rehearsal";
        Corpus corpus = Corpus.write(name, DOCUMENTS, Seed.ofRun());
        Route route = Route.toBucket(stage.description(), name, corpus.folder());
        try (FaultProxy proxy = route.proxy()) {
            Job job = job(stage, name, route, Job.Terms.USUAL.rehearsing());

            // When
            job.start();
            Balance end = end(stage, job);

            // Then
            assertThat(end.status()).isEqualTo("completed");
            assertThat(end.items().skipped()).as("rehearsed").isEqualTo(DOCUMENTS);
            Requests looks =
                    Requests.of("HEAD").matching(request -> request.key().startsWith(name + "/"));
            assertThat(proxy.count(looks)).as("looks at the destination").isGreaterThanOrEqualTo(DOCUMENTS);
            assertThat(proxy.count(CHANGES))
                    .as("requests that change something")
                    .isZero();
            assertThat(route.destination().keys()).isEmpty();
            assertUntouched(corpus);
        }
    }

    @Test
    @Timeout(300)
    void nothingIsWrittenOnceTheJobIsCancelled(Stage stage) throws Exception {
        // Given
        String name = "cancelled";
        Corpus corpus = Corpus.write(name, DOCUMENTS, Seed.ofRun());
        Route route = Route.toBucket(stage.description(), name, corpus.folder());
        try (FaultProxy proxy = route.proxy()) {
            proxy.on(route.documents(), Faults.delay(SLOW));
            Job job = job(stage, name, route, Job.Terms.USUAL);
            Books books = new Books(stage.description().postgres(), job.id());
            job.start();
            await("documents that have ended, and others on their way")
                    .atMost(LIMIT)
                    .until(
                            books::balance,
                            now -> now.items().migrated() >= ENDED_BEFORE_CANCEL
                                    && now.items().inProgress() > 0);

            // When
            job.cancel();
            Balance end = end(stage, job);
            int changes = proxy.count(CHANGES);
            finishAnother(stage);

            // Then
            assertThat(end.status()).isEqualTo("cancelled");
            assertThat(end.items().inProgress()).as("on their way").isZero();
            assertThat(end.items().pending()).as("left alone").isPositive();
            assertThat(proxy.count(CHANGES))
                    .as("requests that change something")
                    .isEqualTo(changes);
            assertThat(route.destination().keys()).containsExactlyInAnyOrderElementsOf(completed(books));
            assertUntouched(corpus);
        }
    }

    /** By then the same workers have taken everything that was before it. */
    private static void finishAnother(Stage stage) throws Exception {
        try (Trial trial = Trial.copying(stage, "after-the-cancelled", DOCUMENTS)) {
            trial.run().assertAllArrivedUncharged();
        }
    }

    private static Job job(Stage stage, String name, Route route, Job.Terms terms)
            throws IOException, InterruptedException {
        Rest orchestrator = new Rest(
                stage.description().orchestrator().url(), stage.description().token());
        return Job.create(orchestrator, name, route, terms);
    }

    private static Balance end(Stage stage, Job job) {
        Books books = new Books(stage.description().postgres(), job.id());
        return await("the job is over").atMost(LIMIT).until(books::balance, Balance::isOver);
    }

    private static Set<String> completed(Books books) throws SQLException {
        return books.items().stream()
                .filter(item -> item.status().equals("completed"))
                .map(ItemRow::key)
                .collect(Collectors.toSet());
    }

    private static void assertUntouched(Corpus corpus) throws IOException {
        Path again = Stage.home().resolve("manifests").resolve(corpus.folder().getFileName() + "-after.tsv");
        assertThat(Manifest.of(new SourceFolder(corpus.folder()), again)).isEqualTo(corpus.manifest());
    }
}
