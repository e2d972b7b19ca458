package io.hermes.storage.s3;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.read;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Marker;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport.Measured;
import io.hermes.storage.Revision;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.Requests;
import io.hermes.storage.testing.S3Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Two objects, cut off between any two requests: the document is whole or absent, and no metadata is another write's. */
class S3ManifestTest {

    private static final String DOCUMENT = "a.md";
    private static final String MANIFEST = DOCUMENT + ManifestName.suffix(DOCUMENT);
    private static final UUID UUID_OF_DOCUMENT = UUID.fromString("0193b2a4-7c11-7def-8abc-123456789abc");
    private static final Marker MARKER =
            new Marker(UUID.fromString("0193b2a4-0000-7def-8abc-123456789abc"), 7, Revision.of("r1"));

    /** More than user metadata can hold. */
    private static final DocumentMetadata MUCH = new DocumentMetadata.Builder()
            .uuid(UUID_OF_DOCUMENT)
            .name("Gr\u00f6\u00dfe")
            .owner("ann@example.org")
            .extended(Map.of("empty", "", "long", "v".repeat(5_000), "CASE", "a", "case", "b"))
            .build();

    private static S3Server server;
    private static S3StoreFactory factory;
    private static S3AsyncClient bystander;
    private static DocumentStore store;
    private static Measured measured;

    @BeforeAll
    static void start() {
        server = S3Server.start(S3Server.Backend.TRANSIENT_NIO2, "documents");
        bystander = server.client();
        factory = new S3StoreFactory();
        try (DocumentStore probed = factory.open(S3StoreSettings.on(server).build())) {
            measured = await(probed.probe(ProbeDepth.CAPABILITIES)).measured();
        }
        store = open(server.endpoint(), 1);
    }

    @AfterAll
    static void stop() {
        store.close();
        factory.close();
        bystander.close();
        server.close();
    }

    @AfterEach
    void empty() {
        objects()
                .forEach(object -> bystander
                        .deleteObject(delete -> delete.bucket(server.bucket()).key(object))
                        .join());
    }

    @Test
    void allMetadataIsBesideTheDocumentAndNoneIsLost() {
        // When
        Written written = await(store.write(write(MUCH, MARKER)));

        // Then
        assertThat(written.metadataLoss()).isEmpty();
        assertThat(written.requests()).isEqualTo(2);
        assertThat(objects()).containsExactly(DOCUMENT, MANIFEST);
        assertThat(keys(store)).containsExactly(DOCUMENT);
        assertThat(kept())
                .isEqualTo(MUCH.toBuilder()
                        .contentType("text/markdown")
                        .contentHash(written.hash())
                        .build());
    }

    @Test
    void aListingAsksForNothingBesideItsPages() {
        try (FaultProxy proxy = FaultProxy.before(server.endpoint());
                DocumentStore counted = open(proxy.endpoint(), 1)) {
            // Given
            for (int i = 0; i < 10; i++) {
                await(store.write(write("many/" + i, MUCH, MARKER)));
            }

            // When
            List<String> listed = keys(counted);

            // Then
            assertThat(listed).hasSize(10);
            assertThat(proxy.requests()).hasSize(1);
        }
    }

    @Test
    void aUsersOwnFileOfSuchANameIsSafeAndVisible() {
        // Given
        String own = DOCUMENT + ".metadata.json";
        bystander
                .putObject(put -> put.bucket(server.bucket()).key(own), AsyncRequestBody.fromString("a user's own"))
                .join();

        // When
        await(store.write(write(MUCH, MARKER)));
        List<String> beside = keys(store);
        await(store.delete(key(DOCUMENT), Precondition.none()));

        // Then
        assertThat(beside).containsExactlyInAnyOrder(DOCUMENT, own);
        assertThat(objects()).containsExactly(own);
        assertThat(read(store, own)).asString().isEqualTo("a user's own");
    }

    @Test
    void aManifestIsNoDocument() {
        await(store.write(write(MUCH, MARKER)));
        assertThat(kindOf(store.stat(key(MANIFEST)))).isEqualTo(ErrorKind.KEY_INVALID);
        assertThat(kindOf(store.write(write(MANIFEST, MUCH, MARKER)))).isEqualTo(ErrorKind.KEY_INVALID);
        assertThat(kindOf(store.delete(key(MANIFEST), Precondition.none()))).isEqualTo(ErrorKind.KEY_INVALID);
    }

    @Test
    void whatWasWrittenWithAManifestIsReadUnderEverySetting() {
        // Given
        await(store.write(write(MUCH, MARKER)));

        // Then
        try (DocumentStore other = factory.open(S3StoreSettings.on(server).build())) {
            assertThat(await(other.stat(key(DOCUMENT)))).isEqualTo(await(store.stat(key(DOCUMENT))));
            assertThat(keys(other)).containsExactly(DOCUMENT);
        }
    }

    @Test
    void cutOffBeforeTheDocumentLeavesNothing() {
        cutOff(Requests.of("PUT").key(DOCUMENT));
        assertThat(objects()).isEmpty();
    }

    @Test
    void cutOffBetweenTheTwoLeavesTheDocumentWithWhatItHoldsItself() {
        // When
        cutOff(Requests.of("PUT").key(MANIFEST));

        // Then
        DocumentStat left = await(store.stat(key(DOCUMENT)));
        assertThat(objects()).containsExactly(DOCUMENT);
        assertThat(left.marker()).contains(MARKER);
        assertThat(left.metadata().uuid()).contains(UUID_OF_DOCUMENT);
        assertThat(left.metadata().owner()).contains("ann@example.org");
        assertThat(left.metadata().contentHash()).isPresent();
        assertThat(left.metadata().extended()).doesNotContainKey("long").containsEntry("CASE", "a");
        assertThat(read(store, DOCUMENT)).isEqualTo(bytes(100));
    }

    @Test
    void theNextDeliveryWritesTheManifestThatWasCutOff() {
        // Given
        cutOff(Requests.of("PUT").key(MANIFEST));

        // When
        ErrorKind told = kindOf(store.write(write(MUCH, MARKER)));

        // Then the caller learns, as ever, that its document is there already
        assertThat(told).isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(kept().extended()).isEqualTo(MUCH.extended());
    }

    @Test
    void aStrangersDeliveryWritesNone() {
        // Given
        cutOff(Requests.of("PUT").key(MANIFEST));

        // When
        ErrorKind told = kindOf(store.write(write(MUCH, new Marker(MARKER.jobUuid(), 8, Revision.of("r1")))));

        // Then
        assertThat(told).isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(objects()).containsExactly(DOCUMENT);
    }

    @Test
    void anAnswerLostBehindTheDocumentIsFoundAndTheManifestFollows() {
        try (FaultProxy proxy = FaultProxy.before(server.endpoint());
                DocumentStore patient = open(proxy.endpoint(), 3)) {
            // Given
            proxy.on(Requests.of("PUT").key(DOCUMENT).first(1), Faults.loseReply());

            // When
            Written written = await(patient.write(write(MUCH, MARKER)));

            // Then
            assertThat(written.metadataLoss()).isEmpty();
            assertThat(kept().extended()).isEqualTo(MUCH.extended());
        }
    }

    @Test
    void anAnswerLostBehindTheManifestLosesNothing() {
        try (FaultProxy proxy = FaultProxy.before(server.endpoint());
                DocumentStore faulty = open(proxy.endpoint(), 1)) {
            proxy.on(Requests.of("PUT").key(MANIFEST), Faults.loseReply());
            assertThat(kindOf(faulty.write(write(MUCH, MARKER)))).isEqualTo(ErrorKind.UNAVAILABLE);
        }
        assertThat(kept().extended()).isEqualTo(MUCH.extended());
    }

    @Test
    void theManifestOfAnEarlierWriteSaysNothingAboutALaterOne() {
        // Given
        await(store.write(write(MUCH, MARKER)));
        DocumentMetadata later = new DocumentMetadata.Builder().name("later").build();

        // When
        try (FaultProxy proxy = FaultProxy.before(server.endpoint());
                DocumentStore faulty = open(proxy.endpoint(), 1)) {
            proxy.on(Requests.of("PUT").key(MANIFEST), Faults.dropRequest());
            WriteRequest over = new WriteRequest(
                    key(DOCUMENT), whole(bytes(5)), Optional.empty(), later, Optional.empty(), Precondition.none());
            assertThat(kindOf(faulty.write(over))).isEqualTo(ErrorKind.UNAVAILABLE);
        }

        // Then
        assertThat(objects()).containsExactly(DOCUMENT, MANIFEST);
        assertThat(kept().name()).contains("later");
        assertThat(kept().owner()).isEmpty();
        assertThat(kept().extended()).isEmpty();
    }

    @Test
    void aManifestThatSomebodyDamagedSaysNothing() {
        // Given
        await(store.write(write(MUCH, MARKER)));
        for (String damaged : List.of("", "no JSON", "[]", "{}", "{\"write\": 7}", "x".repeat(2 << 20))) {
            // When
            bystander
                    .putObject(put -> put.bucket(server.bucket()).key(MANIFEST), AsyncRequestBody.fromString(damaged))
                    .join();

            // Then
            assertThat(kept().uuid()).contains(UUID_OF_DOCUMENT);
            assertThat(kept().extended()).doesNotContainKey("long");
        }
    }

    @Test
    void aDeletionTakesBoth() {
        await(store.write(write(MUCH, MARKER)));
        await(store.delete(key(DOCUMENT), Precondition.none()));
        assertThat(objects()).isEmpty();
    }

    @Test
    void aDeletionThatIsRefusedLeavesBoth() {
        // Given
        await(store.write(write(MUCH, MARKER)));
        Revision another = Revision.of("00000000000000000000000000000000");

        // When
        ErrorKind told = kindOf(store.delete(key(DOCUMENT), Precondition.ifMatches(another)));

        // Then
        assertThat(told).isEqualTo(ErrorKind.PRECONDITION_FAILED);
        assertThat(kept().extended()).isEqualTo(MUCH.extended());
    }

    @Test
    void aDeletionThatIsCutOffHidesWhatItLeavesAndIsFinishedByTheNext() {
        // Given
        await(store.write(write(MUCH, MARKER)));
        try (FaultProxy proxy = FaultProxy.before(server.endpoint());
                DocumentStore faulty = open(proxy.endpoint(), 1)) {
            proxy.on(Requests.of("DELETE").key(MANIFEST), Faults.dropRequest());
            assertThat(kindOf(faulty.delete(key(DOCUMENT), Precondition.none())))
                    .isEqualTo(ErrorKind.UNAVAILABLE);
        }
        assertThat(objects()).containsExactly(MANIFEST);
        assertThat(keys(store)).isEmpty();
        assertThat(kindOf(store.stat(key(DOCUMENT)))).isEqualTo(ErrorKind.NOT_FOUND);

        // When
        await(store.delete(key(DOCUMENT), Precondition.none()));

        // Then
        assertThat(objects()).isEmpty();
    }

    /** A write whose request of this kind never arrives, and whose process ends with it. */
    private static void cutOff(Requests request) {
        try (FaultProxy proxy = FaultProxy.before(server.endpoint());
                DocumentStore faulty = open(proxy.endpoint(), 1)) {
            proxy.on(request, Faults.dropRequest());
            assertThat(kindOf(faulty.write(write(MUCH, MARKER)))).isEqualTo(ErrorKind.UNAVAILABLE);
        }
    }

    private static WriteRequest write(DocumentMetadata metadata, Marker marker) {
        return write(DOCUMENT, metadata, marker);
    }

    private static WriteRequest write(String key, DocumentMetadata metadata, Marker marker) {
        return new WriteRequest(
                key(key), whole(bytes(100)), Optional.empty(), metadata, Optional.of(marker), Precondition.ifAbsent());
    }

    private static DocumentMetadata kept() {
        return await(store.stat(key(DOCUMENT))).metadata();
    }

    private static List<String> objects() {
        return bystander.listObjectsV2(list -> list.bucket(server.bucket())).join().contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static DocumentStore open(String endpoint, int attempts) {
        return factory.open(
                S3StoreSettings.at(endpoint, server.region(), server.bucket(), server.accessKey(), server.secretKey())
                        .with("metadata_store", "manifest")
                        .with("retry_max_attempts", Integer.toString(attempts))
                        .measured(measured)
                        .build());
    }
}
