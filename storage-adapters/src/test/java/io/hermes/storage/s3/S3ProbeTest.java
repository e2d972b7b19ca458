package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.ProbeReport.Measured;
import io.hermes.storage.ProbeReport.Outcome;
import io.hermes.storage.RevisionPage;
import io.hermes.storage.RevisionRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.testing.S3Server;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** What S3Proxy 4.1.0 really does, and that a probe leaves nothing behind. */
class S3ProbeTest {

    private static final Measured WITHOUT_VERSIONS = new Measured(Set.of(
            Feature.CONDITIONAL_PUT,
            Feature.CONDITIONAL_STREAM,
            Feature.CONDITIONAL_REPLACE,
            Feature.CONDITIONAL_DELETE,
            Feature.REFUSES_WRONG_BYTES,
            Feature.CHECKSUMS,
            Feature.USER_METADATA));

    @ParameterizedTest
    @EnumSource
    void seesWhatTheServerDoes(S3Server.Backend backend) {
        with(backend, server -> {
            // When
            ProbeReport report = probe(S3StoreSettings.on(server), ProbeDepth.CAPABILITIES);

            // Then
            assertThat(report.healthy()).as("%s", report).isTrue();
            assertThat(report.measured()).isEqualTo(WITHOUT_VERSIONS);
            assertThat(outcome(report, "tags")).isEqualTo(Outcome.SKIPPED);
            assertThat(outcome(report, "cleanup")).isEqualTo(Outcome.OK);
            assertThat(objects(server)).isEmpty();
        });
    }

    @Test
    void missingVersionsAreAFindingOnlyWhereTheyAreExpected() {
        with(S3Server.Backend.TRANSIENT_NIO2, server -> {
            // When
            ProbeReport report =
                    probe(S3StoreSettings.on(server).with("versioning_enabled", "true"), ProbeDepth.CAPABILITIES);

            // Then
            assertThat(outcome(report, "versions")).isEqualTo(Outcome.FAILED);
        });
    }

    @Test
    void aStoreThatIsNotWritableIsNotWrittenTo() {
        with(S3Server.Backend.TRANSIENT_NIO2, server -> {
            // When
            ProbeReport report = probe(S3StoreSettings.on(server).readOnly(), ProbeDepth.CAPABILITIES);

            // Then
            assertThat(report.healthy()).isTrue();
            assertThat(report.measured()).isEqualTo(Measured.NOTHING);
            assertThat(report.steps()).extracting(ProbeReport.Step::name).containsExactly("reach", "list", "versions");
        });
    }

    @Test
    void aVersionedBucketTellsADocumentsHistoryAndKeepsNoTraceOfTheProbe() {
        with(S3Server.Backend.TRANSIENT_NIO2, server -> {
            // Given
            try (S3AsyncClient client = server.client()) {
                client.putBucketVersioning(put -> put.bucket(server.bucket())
                                .versioningConfiguration(with -> with.status(BucketVersioningStatus.ENABLED)))
                        .join();
            }

            // When
            Measured measured =
                    probe(S3StoreSettings.on(server), ProbeDepth.CAPABILITIES).measured();

            // Then
            assertThat(measured.saw(Feature.REVISIONS)).isTrue();
            assertThat(objects(server)).isEmpty();
            tellsHistory(S3StoreSettings.on(server).measured(measured));
        });
    }

    private static void tellsHistory(S3StoreSettings settings) {
        try (S3StoreFactory factory = new S3StoreFactory();
                DocumentStore store = factory.open(settings.build())) {
            // Given
            DocumentKey key = new DocumentKey("a");
            List<String> written = new ArrayList<>();
            for (String content : List.of("one", "two", "three")) {
                written.addFirst(write(store, key, content));
            }
            write(store, new DocumentKey("ab"), "a neighbour");
            await(store.delete(key, Precondition.none()));

            // When
            List<RevisionPage.Entry> history = new ArrayList<>();
            Optional<String> token = Optional.empty();
            do {
                RevisionPage page = await(store.revisions(new RevisionRequest(key, token, 2)));
                history.addAll(page.entries());
                token = page.next();
            } while (token.isPresent());

            // Then
            assertThat(history).hasSize(4);
            assertThat(history.get(0).deletion()).isTrue();
            assertThat(history.get(0).latest()).isTrue();
            assertThat(history.subList(1, 4))
                    .extracting(entry -> entry.revision().version().orElseThrow())
                    .containsExactlyElementsOf(written);
        }
    }

    private static String write(DocumentStore store, DocumentKey key, String content) {
        ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
        return await(store.write(new WriteRequest(
                        key,
                        new DocumentContent.Whole(bytes),
                        Optional.of(ContentHash.of(bytes)),
                        DocumentMetadata.NONE,
                        Optional.empty(),
                        Precondition.none())))
                .revision()
                .version()
                .orElseThrow();
    }

    @Test
    void preconditionsThatWereSeenToBeIgnoredAreRefused() {
        S3StoreSettings careless = S3StoreSettings.at("http://127.0.0.1:1", "us-east-1", "documents", "key", "secret")
                .measured(Measured.NOTHING);
        try (S3StoreFactory factory = new S3StoreFactory();
                DocumentStore store = factory.open(careless.build())) {
            WriteRequest write = new WriteRequest(
                    new DocumentKey("a"),
                    new DocumentContent.Whole(ByteBuffer.allocate(1)),
                    Optional.empty(),
                    DocumentMetadata.NONE,
                    Optional.empty(),
                    Precondition.ifAbsent());
            StorageException failure =
                    Assertions.catchThrowableOfType(StorageException.class, () -> await(store.write(write)));
            assertThat(failure.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
        }
    }

    private static void with(S3Server.Backend backend, Consumer<S3Server> test) {
        try (S3Server server = S3Server.start(backend, "documents")) {
            test.accept(server);
        }
    }

    private static ProbeReport probe(S3StoreSettings settings, ProbeDepth depth) {
        try (S3StoreFactory factory = new S3StoreFactory();
                DocumentStore store = factory.open(settings.build())) {
            return await(store.probe(depth));
        }
    }

    private static Outcome outcome(ProbeReport report, String step) {
        return report.steps().stream()
                .filter(entry -> entry.name().equals(step))
                .findAny()
                .orElseThrow()
                .outcome();
    }

    private static List<?> objects(S3Server server) {
        try (S3AsyncClient client = server.client()) {
            boolean versioned = client.getBucketVersioning(get -> get.bucket(server.bucket()))
                            .join()
                            .status()
                    == BucketVersioningStatus.ENABLED;
            return versioned
                    ? client.listObjectVersions(list -> list.bucket(server.bucket()))
                            .join()
                            .versions()
                    : client.listObjectsV2(list -> list.bucket(server.bucket()))
                            .join()
                            .contents();
        }
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(60));
    }
}
