package io.hermes.worker.copy;

import static io.hermes.worker.testing.Documents.bytesOf;
import static io.hermes.worker.testing.Documents.hash;
import static io.hermes.worker.testing.Documents.keysOf;
import static io.hermes.worker.testing.Documents.put;
import static io.hermes.worker.testing.Documents.random;
import static io.hermes.worker.testing.Documents.statOf;
import static io.hermes.worker.testing.Documents.text;
import static io.hermes.worker.testing.Documents.textOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.event.Deferred;
import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.Failed;
import io.hermes.contract.event.Skipped;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.job.ConflictPolicy;
import io.hermes.contract.job.Verify;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.task.CopyTask;
import io.hermes.edge.testing.ProviderTopic;
import io.hermes.edge.testing.RegistryStandIn;
import io.hermes.storage.Capabilities;
import io.hermes.storage.ContentHash;
import io.hermes.storage.DelegatingStore;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Marker;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.WriteRequest;
import io.hermes.storage.Written;
import io.hermes.worker.budget.ByteBudget;
import io.hermes.worker.held.HeldTask;
import io.hermes.worker.testing.FaultyStoreFactory;
import io.hermes.worker.testing.Providers;
import io.hermes.worker.testing.SmallWorker;
import io.hermes.worker.testing.TaskBuilder;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol on stores in memory, with the faults that real ones have. */
@QuarkusTest
@TestProfile(SmallWorker.class)
class CopyProtocolTest {

    private static final int MIB = 1024 * 1024;

    @Inject
    Copies copies;

    @Inject
    ByteBudget budget;

    @Inject
    FaultyStoreFactory stores;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    private UUID source;
    private UUID destination;

    @BeforeEach
    void register() {
        source = Providers.register("faulty", Map.of(), Map.of());
        destination = Providers.register("faulty", Map.of("path_template", "{path}"), Map.of());
    }

    @Test
    void aDocumentArrivesWithItsIdentityItsMetadataAndOurMarker() {
        UUID uuid = UUID.randomUUID();
        byte[] bytes = text("---\nuuid: " + uuid + "\ntags: [a, b]\nstatus: Draft\n---\nHello");
        put(in(source), "notes/hello.md", bytes);
        CopyTask task = task("notes/hello.md").build();

        Succeeded done = succeeded(task);

        assertThat(done.documentUuid()).isEqualTo(uuid);
        assertThat(done.destKey()).isEqualTo("notes/hello.md");
        assertThat(done.sourceHash()).isEqualTo(hash(bytes)).isEqualTo(done.destHash());
        assertThat(done.bytes()).isEqualTo(bytes.length);
        assertThat(done.verify()).isEqualTo(Verify.STORE_CHECKED);
        assertThat(done.requests()).isEqualTo(2);
        assertThat(done.recovered()).isFalse();
        assertThat(done.replacedRevision()).isNull();
        assertThat(bytesOf(in(destination), "notes/hello.md")).isEqualTo(bytes);
        DocumentMetadata metadata = statOf(in(destination), "notes/hello.md").metadata();
        assertThat(metadata.uuid()).contains(uuid);
        assertThat(metadata.tags()).containsExactly("a", "b");
        assertThat(metadata.contentType()).contains("text/markdown");
        assertThat(metadata.contentHash()).contains(new ContentHash(hash(bytes)));
        assertThat(markerAt("notes/hello.md"))
                .isEqualTo(new Marker(
                        task.ref().jobUuid(),
                        1,
                        statOf(in(source), "notes/hello.md").revision()));
    }

    /** A large document is read by many requests, and one that streams is opened twice. */
    @Test
    void everyRequestOfAReadingIsCounted() {
        put(in(source), "short", text("short"));
        put(in(source), "long", random(3 * MIB));
        streamingDestination();
        fault(source, CopyProtocolTest::readingBySeven);

        assertThat(succeeded(task("short").build()).requests()).isEqualTo(7 + 1);
        assertThat(succeeded(task("long").size(3 * MIB).build()).requests()).isEqualTo(7 + 7 + 1);
    }

    @Test
    void anEmptyDocumentIsADocument() {
        put(in(source), "empty", new byte[0]);

        assertThat(succeeded(task("empty").size(0).build()).bytes()).isZero();
        assertThat(bytesOf(in(destination), "empty")).isEmpty();
    }

    @Test
    void aSourcesMarkerNeverTravels() {
        put(in(source), "a", text("a"));
        succeeded(task("a").build());
        UUID third = Providers.register("faulty", Map.of("path_template", "{path}"), Map.of());
        CopyTask onward = new TaskBuilder(destination, third, "a").item(99).build();

        assertThat(run(onward)).isInstanceOf(Succeeded.class);

        assertThat(statOf(in(third), "a").marker().orElseThrow().itemId()).isEqualTo(99);
    }

    @Test
    void aLongDocumentFlowsAndIsHashedOnTheWay() {
        streamingDestination();
        UUID uuid = UUID.randomUUID();
        byte[] bytes = concat(text("---\nuuid: " + uuid + "\n---\n"), random(5 * MIB));
        put(in(source), "long.bin", bytes);

        Succeeded done = succeeded(task("long.bin").size(bytes.length).build());

        assertThat(done.documentUuid()).isEqualTo(uuid);
        assertThat(done.sourceHash()).isEqualTo(hash(bytes));
        assertThat(bytesOf(in(destination), "long.bin")).isEqualTo(bytes);
    }

    @Test
    void aDocumentThatGrewSinceItWasListedGetsTheMemoryItNeeds() {
        byte[] bytes = random(3 * MIB);
        put(in(source), "grown", bytes);

        assertThat(succeeded(task("grown").size(10).build()).bytes()).isEqualTo(3 * MIB);
        assertThat(budget.used()).isZero();
    }

    @Test
    void fewerBytesThanWereListedForTheSameRevisionAreNotADocument() {
        put(in(source), "cut", text("only the first"));
        String revision = statOf(in(source), "cut").revision().text();

        TaskEvent event = run(task("cut").revision(revision).size(1000).build());

        assertThat(event).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(ErrorCode.CONTENT_INVALID);
            assertThat(failed.retryable()).isTrue();
        });
        assertThat(keysOf(in(destination))).isEmpty();
        assertThat(budget.used()).isZero();
    }

    /** Whole and as a stream: what its source wrote beside a document speaks of the document's bytes. */
    @ParameterizedTest
    @ValueSource(ints = {10, 3 * MIB})
    void bytesThatAreNotThoseOfTheirHashAreNotADocument(int size) {
        byte[] bytes = random(size);
        put(in(source), "damaged", bytes, hashed(bytes));
        streamingDestination();
        fault(source, CopyProtocolTest::flippingWholes);

        Failed failed = failed(task("damaged").size(size).build());

        assertThat(failed.code()).isEqualTo(ErrorCode.CONTENT_INVALID);
        assertThat(failed.retryable()).isTrue();
        assertThat(keysOf(in(destination))).isEmpty();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aDocumentThatBecameAnotherIsCopiedAsItIs() {
        put(in(source), "a", text("old"));
        String listed = statOf(in(source), "a").revision().text();
        put(in(source), "a", text("newer"));

        Succeeded done = succeeded(task("a").revision(listed).size(3).build());

        assertThat(done.sourceRevision())
                .isEqualTo(statOf(in(source), "a").revision().text());
        assertThat(textOf(in(destination), "a")).isEqualTo("newer");
    }

    /** What a cache answers that takes one key for another, or that has kept an older state. */
    @Test
    void anAnswerAboutAnotherStateThanStandsThereIsNotTakenForAChange() {
        put(in(source), "a", text("wanted"));
        put(in(source), "b", text("another"));
        String listed = statOf(in(source), "a").revision().text();
        fault(source, store -> new DelegatingStore(store) {
            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                return store.read(ReadRequest.latest(new DocumentKey("b"), MIB));
            }
        });

        Failed failed = failed(task("a").revision(listed).size(6).build());

        assertThat(failed.code()).isEqualTo(ErrorCode.SOURCE_CHANGED);
        assertThat(failed.retryable()).isTrue();
        assertThat(keysOf(in(destination))).isEmpty();
    }

    @Test
    void aRepeatedTaskFindsItsOwnWork() {
        put(in(source), "a", text("a"));
        CopyTask task = task("a").build();
        Succeeded first = succeeded(task);

        Succeeded second = succeeded(task);

        assertThat(second.recovered()).isTrue();
        assertThat(second.verify()).isEqualTo(Verify.READ_BACK);
        assertThat(second.destRevision()).isEqualTo(first.destRevision());
        assertThat(second.sourceHash()).isEqualTo(first.sourceHash());
        assertThat(keysOf(in(destination))).containsExactly("a");
    }

    @Test
    void aWriteOfUnknownEndIsFoundByTheNextDelivery() {
        fault(destination, store -> new DelegatingStore(store) {
            @Override
            public Uni<Written> write(WriteRequest request) {
                return request.precondition().equals(io.hermes.storage.Precondition.ifAbsent())
                        ? store.write(request).map(lost -> {
                            throw failure(ErrorKind.TIMEOUT);
                        })
                        : store.write(request);
            }
        });
        put(in(source), "a", text("a"));
        CopyTask task = task("a").build();

        assertThat(run(task)).isInstanceOfSatisfying(Deferred.class, deferred -> {
            assertThat(deferred.providerUuid()).isEqualTo(destination);
            assertThat(deferred.code()).isEqualTo(ErrorCode.DEST_UNAVAILABLE);
        });
        assertThat(succeeded(task).recovered()).isTrue();
    }

    @Test
    void ourOlderCopyIsReplacedAfterTheSourceChanged() {
        put(in(source), "a", text("old"));
        CopyTask task = task("a").build();
        succeeded(task);
        put(in(source), "a", text("new"));

        Succeeded done = succeeded(task);

        assertThat(done.recovered()).isFalse();
        assertThat(textOf(in(destination), "a")).isEqualTo("new");
    }

    @Test
    void ourCopyThatSomebodyChangedIsNotCalledGood() {
        put(in(source), "a", text("good"));
        CopyTask task = task("a").build();
        succeeded(task);
        fault(destination, CopyProtocolTest::flippingReads);
        restart();

        assertThat(failed(task).code()).isEqualTo(ErrorCode.CONTENT_HASH_MISMATCH);
    }

    @ParameterizedTest
    @EnumSource
    void twoDocumentsOfAJobWithOneKeyAreAConflictUnderEveryPolicy(ConflictPolicy policy) {
        UUID one = Providers.register("faulty", Map.of("path_template", "{project}/{name}"), Map.of());
        destination = one;
        put(in(source), "x/a.md", text("1"));
        put(in(source), "y/a.md", text("2"));
        UUID job = UUID.randomUUID();
        succeeded(task("x/a.md").job(job).item(1).policy(policy).build());

        Failed failed = failed(task("y/a.md").job(job).item(2).policy(policy).build());

        assertThat(failed.code()).isEqualTo(ErrorCode.DEST_CONFLICT);
        assertThat(failed.retryable()).isFalse();
        assertThat(keysOf(in(destination))).hasSize(1);
    }

    @Test
    void aStrangersIdenticalDocumentIsLeftAlone() {
        put(in(source), "a", text("same"));
        put(in(destination), "a", text("same"));

        TaskEvent outcome = run(task("a").build());

        assertThat(outcome).isInstanceOfSatisfying(Skipped.class, skipped -> {
            assertThat(skipped.reason()).isEqualTo(Skipped.Reason.IDENTICAL);
            assertThat(skipped.sourceHash()).isEqualTo(skipped.destHash()).isEqualTo(hash(text("same")));
        });
        assertThat(statOf(in(destination), "a").marker()).isEmpty();
    }

    @Test
    void aHashInMetadataProvesNothing() {
        put(in(source), "a", text("mine"));
        DocumentMetadata lie = new DocumentMetadata.Builder()
                .contentHash(new ContentHash(hash(text("mine"))))
                .build();
        put(in(destination), "a", text("your"), lie);

        assertThat(failed(task("a").build()).code()).isEqualTo(ErrorCode.DEST_CONFLICT);
        assertThat(textOf(in(destination), "a")).isEqualTo("your");
    }

    @Test
    void overwriteReplacesTheRevisionThatWasSeen() {
        put(in(source), "a", text("mine"));
        put(in(destination), "a", text("yours"));
        String seen = statOf(in(destination), "a").revision().text();

        Succeeded done = succeeded(task("a").policy(ConflictPolicy.OVERWRITE).build());

        assertThat(done.replacedRevision()).isEqualTo(seen);
        assertThat(textOf(in(destination), "a")).isEqualTo("mine");
    }

    @Test
    void overwriteGivesWayToSomebodyWhoKeepsWriting() {
        fault(destination, store -> new DelegatingStore(store) {
            @Override
            public Uni<Written> write(WriteRequest request) {
                return Uni.createFrom().deferred(() -> {
                    put(store, "a", random(7));
                    return store.write(request);
                });
            }
        });
        put(in(source), "a", text("mine"));
        put(in(destination), "a", text("yours"));

        Failed failed = failed(task("a").policy(ConflictPolicy.OVERWRITE).build());

        assertThat(failed.code()).isEqualTo(ErrorCode.DEST_CONFLICT);
        assertThat(failed.retryable()).isTrue();
        assertThat(bytesOf(in(destination), "a")).isEqualTo(random(7));
    }

    @Test
    void keepBothMakesOneCopyHoweverOftenItIsDelivered() {
        put(in(source), "a.md", text("mine"));
        put(in(destination), "a.md", text("yours"));
        CopyTask task = task("a.md").policy(ConflictPolicy.KEEP_BOTH).build();

        Succeeded first = succeeded(task);
        Succeeded second = succeeded(task);

        assertThat(first.destKey()).matches("a~[0-9a-f]{8}\\.md");
        assertThat(second.destKey()).isEqualTo(first.destKey());
        assertThat(second.recovered()).isTrue();
        assertThat(keysOf(in(destination))).hasSize(2);
        assertThat(textOf(in(destination), "a.md")).isEqualTo("yours");
    }

    @Test
    void readBackFindsWhatTheStoreSpoilt() {
        fault(destination, CopyProtocolTest::flippingReads);
        put(in(source), "a", text("good"));

        Failed failed = failed(task("a").verify(Verify.READ_BACK).build());

        assertThat(failed.code()).isEqualTo(ErrorCode.CONTENT_HASH_MISMATCH);
        assertThat(keysOf(in(destination))).containsExactly("a");
    }

    @Test
    void aStoreThatIsNotProvenIsReadBackUnasked() {
        fault(
                destination,
                store -> flippingReads(new DelegatingStore(store) {
                    @Override
                    public Uni<Written> write(WriteRequest request) {
                        return store.write(request).map(CopyProtocolTest::unproven);
                    }
                }));
        put(in(source), "a", text("good"));

        assertThat(failed(task("a").build()).code()).isEqualTo(ErrorCode.CONTENT_HASH_MISMATCH);
    }

    @Test
    void aStoreThatHashedOtherBytesIsNotBelieved() {
        fault(destination, store -> new DelegatingStore(store) {
            @Override
            public Uni<Written> write(WriteRequest request) {
                return store.write(request)
                        .map(written -> new Written(
                                written.revision(),
                                new ContentHash(hash(text("other"))),
                                written.size(),
                                true,
                                List.of(),
                                1));
            }
        });
        put(in(source), "a", text("good"));

        assertThat(failed(task("a").build()).code()).isEqualTo(ErrorCode.CONTENT_HASH_MISMATCH);
    }

    @Test
    void aVanishedSourceFailsForGood() {
        Failed failed = failed(task("gone").build());

        assertThat(failed.code()).isEqualTo(ErrorCode.SOURCE_NOT_FOUND);
        assertThat(failed.retryable()).isFalse();
    }

    @Test
    void aSourceThatBreaksInTheMiddleIsTheSourcesFault() {
        streamingDestination();
        fault(source, store -> new DelegatingStore(store) {
            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                return store.read(request).map(CopyProtocolTest::brokenInTheMiddle);
            }
        });
        put(in(source), "long", random(3 * MIB));

        Failed failed = failed(task("long").size(3 * MIB).build());

        assertThat(failed.code()).isEqualTo(ErrorCode.SOURCE_CHANGED);
        assertThat(failed.retryable()).isTrue();
        assertThat(keysOf(in(destination))).isEmpty();
    }

    @Test
    void rejectedCredentialsHoldTheProvider() {
        fault(source, store -> failingReads(store, failure(ErrorKind.UNAUTHENTICATED)));

        assertThat(run(task("a").build())).isInstanceOfSatisfying(Deferred.class, deferred -> {
            assertThat(deferred.providerUuid()).isEqualTo(source);
            assertThat(deferred.reason()).isEqualTo(Deferred.Reason.PROVIDER_AUTH);
            assertThat(deferred.code()).isEqualTo(ErrorCode.PROVIDER_AUTH);
        });
    }

    /** An operator's order is no failure: nothing is read, nothing is written, no attempt is spent, and the document waits. */
    @ParameterizedTest
    @EnumSource(
            value = ProviderStatus.class,
            names = {"READONLY", "DISABLED"})
    void aDestinationThatMayNotBeWrittenToIsWaitedFor(ProviderStatus status) {
        // Given
        Map<String, String> config = Map.of("path_template", "{path}");
        put(in(source), "a", text("a"));
        Providers.change(destination, "faulty", config, 2, status);

        // Then
        assertThat(run(task("a").build())).isInstanceOfSatisfying(Deferred.class, deferred -> {
            assertThat(deferred.providerUuid()).isEqualTo(destination);
            assertThat(deferred.reason()).isEqualTo(Deferred.Reason.PROVIDER_UNAVAILABLE);
            assertThat(deferred.message()).contains("the provider is " + status.word());
        });
        assertThat(keysOf(in(destination))).isEmpty();
        Providers.change(destination, "faulty", config, 3, ProviderStatus.MIGRATING);
        providerEvents().changed(destination, 3, ProviderStatus.MIGRATING);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(run(task("a").build())).isInstanceOf(Succeeded.class));
    }

    @Test
    void aDisabledSourceIsWaitedForAndAReadonlyOneIsRead() {
        // Given
        put(in(source), "a", text("a"));
        Providers.change(source, "faulty", Map.of(), 2, ProviderStatus.DISABLED);

        // Then
        assertThat(run(task("a").build())).isInstanceOfSatisfying(Deferred.class, deferred -> {
            assertThat(deferred.providerUuid()).isEqualTo(source);
            assertThat(deferred.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
        });
        Providers.change(source, "faulty", Map.of(), 3, ProviderStatus.READONLY);
        providerEvents().changed(source, 3, ProviderStatus.READONLY);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(run(task("a").build())).isInstanceOf(Succeeded.class));
    }

    /** What cannot be read is passed over, and whoever cannot ask the registry keeps to what was told. */
    @Test
    void aStoreThatIsToldToBeDisabledIsLeftAloneEvenWhileTheRegistryIsAway() {
        // Given
        put(in(source), "a", text("a"));
        put(in(source), "b", text("b"));
        assertThat(run(task("a").build())).isInstanceOf(Succeeded.class);
        RegistryStandIn.down(true);
        try {
            // When
            providerEvents().send("no provider", text("no event"));
            providerEvents().send(source.toString(), text("{\"version\":1}"));
            providerEvents().changed(source, 2, ProviderStatus.ACTIVE);
            providerEvents().changed(destination, 2, ProviderStatus.DISABLED);

            // Then
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(run(task("b").build()))
                            .isInstanceOfSatisfying(Deferred.class, deferred -> {
                                assertThat(deferred.providerUuid()).isEqualTo(destination);
                                assertThat(deferred.message()).contains("the provider is disabled");
                            }));
        } finally {
            RegistryStandIn.down(false);
        }
    }

    @Test
    void aThrottlingStoreSaysForHowLong() {
        StorageException throttled = new StorageException(
                ErrorKind.RATE_LIMITED, "read", "a", "slow down", Optional.of(Duration.ofSeconds(17)), null);
        fault(source, store -> failingReads(store, throttled));

        assertThat(run(task("a").build())).isInstanceOfSatisfying(Deferred.class, deferred -> {
            assertThat(deferred.reason()).isEqualTo(Deferred.Reason.PROVIDER_UNAVAILABLE);
            assertThat(deferred.retryAfterMillis()).isEqualTo(17_000);
        });
    }

    @Test
    void noMessageRepeatsWhatAStoreAnswered() {
        fault(
                source,
                store -> failingReads(
                        store, new StorageException(ErrorKind.PERMISSION_DENIED, "read", "a", "canary-of-the-server")));

        assertThat(failed(task("a").build()).message()).doesNotContain("canary");
    }

    @Test
    void aDryRunWritesNothingAndSaysWhatWouldHappen() {
        AtomicInteger writes = new AtomicInteger();
        fault(destination, store -> new DelegatingStore(store) {
            @Override
            public Uni<Written> write(WriteRequest request) {
                writes.incrementAndGet();
                return store.write(request);
            }
        });
        put(in(source), "new", text("1"));
        put(in(source), "same", text("2"));
        put(in(source), "other", text("3"));
        put(in(destination), "same", text("2"));
        put(in(destination), "other", text("x"));

        assertThat(skipped(task("new").dryRun().build())).isEqualTo(Skipped.Reason.DRY_RUN);
        assertThat(skipped(task("same").dryRun().build())).isEqualTo(Skipped.Reason.IDENTICAL);
        assertThat(failed(task("other").dryRun().build()).code()).isEqualTo(ErrorCode.DEST_CONFLICT);
        assertThat(skipped(
                        task("other").dryRun().policy(ConflictPolicy.OVERWRITE).build()))
                .isEqualTo(Skipped.Reason.DRY_RUN);
        assertThat(writes).hasValue(0);
    }

    @Test
    void aFilterMayExcludeWhatOnlyTheDocumentTells() {
        put(in(source), "a.md", text("---\nstatus: Draft\n---\n"));
        CopyTask.ContentFilter published =
                new CopyTask.ContentFilter(Set.of("Published"), Set.of(), Set.of(), Set.of(), Set.of());

        assertThat(skipped(task("a.md").filter(published).build())).isEqualTo(Skipped.Reason.EXCLUDED);
        assertThat(keysOf(in(destination))).isEmpty();
    }

    @Test
    void aKeyThatTheDestinationCannotHoldIsNamed() {
        String key = "a".repeat(900) + "/" + "b".repeat(200);
        put(in(source), "short", text("1"));
        destination = Providers.register("faulty", Map.of("path_template", key + "/{path}"), Map.of());

        assertThat(failed(task("short").build()).code()).isEqualTo(ErrorCode.KEY_INVALID);
    }

    @Test
    void aReadOnlyDestinationIsNotWritten() {
        destination = Providers.registerReadOnly("faulty", Map.of("path_template", "{path}"), Map.of());
        put(in(source), "a", text("a"));

        assertThat(failed(task("a").build()).code()).isEqualTo(ErrorCode.CAPABILITY_UNSUPPORTED);
        assertThat(keysOf(in(destination))).isEmpty();
    }

    private TaskBuilder task(String key) {
        return new TaskBuilder(source, destination, key);
    }

    private TaskEvent run(CopyTask task) {
        return copies.run(task, new HeldTask(task)).await().atMost(Duration.ofSeconds(20));
    }

    private Succeeded succeeded(CopyTask task) {
        TaskEvent outcome = run(task);
        assertThat(outcome).isInstanceOf(Succeeded.class);
        return (Succeeded) outcome;
    }

    private Failed failed(CopyTask task) {
        TaskEvent outcome = run(task);
        assertThat(outcome).isInstanceOf(Failed.class);
        return (Failed) outcome;
    }

    private Skipped.Reason skipped(CopyTask task) {
        TaskEvent outcome = run(task);
        assertThat(outcome).isInstanceOf(Skipped.class);
        return ((Skipped) outcome).reason();
    }

    private DocumentStore in(UUID provider) {
        return stores.sound(provider);
    }

    private Marker markerAt(String key) {
        return statOf(in(destination), key).marker().orElseThrow();
    }

    private void fault(UUID provider, UnaryOperator<DocumentStore> fault) {
        stores.put(provider, fault);
    }

    private ProviderTopic providerEvents() {
        return new ProviderTopic(broker);
    }

    /** Makes the worker open the stores anew, so that a fault that came later takes hold. */
    private void restart() {
        openStores.forget(source);
        openStores.forget(destination);
    }

    @Inject
    io.hermes.edge.registry.Stores openStores;

    /** A destination that takes only small documents whole. */
    private void streamingDestination() {
        fault(destination, store -> new DelegatingStore(store) {
            @Override
            public Capabilities capabilities() {
                Capabilities all = store.capabilities();
                return new Capabilities(all.features(), all.maxKeyBytes(), all.maxDocumentBytes(), MIB, 0, MIB, 0);
            }
        });
    }

    /** Reads whose requests are counted while they go on. */
    private static DocumentStore readingBySeven(DocumentStore store) {
        return new DelegatingStore(store) {
            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                AtomicInteger requests = new AtomicInteger();
                return store.read(request)
                        .map(document -> new OpenDocument(
                                document.stat(), document.content(), document.discard(), requests::get))
                        .onItem()
                        .invoke(() -> requests.set(7));
            }
        };
    }

    private static DocumentStore flippingReads(DocumentStore store) {
        return new DelegatingStore(store) {
            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                return store.read(request).map(CopyProtocolTest::flipped);
            }
        };
    }

    private static DocumentMetadata hashed(byte[] bytes) {
        return new DocumentMetadata.Builder()
                .contentHash(new ContentHash(hash(bytes)))
                .build();
    }

    /** As {@link #flippingReads}, and what is asked for as a whole comes as a whole. */
    private static DocumentStore flippingWholes(DocumentStore store) {
        return new DelegatingStore(store) {
            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                return store.read(request)
                        .map(document -> document.content() instanceof DocumentContent.Whole whole
                                ? OpenDocument.of(document.stat(), new DocumentContent.Whole(flipped(whole.bytes())))
                                : flipped(document));
            }
        };
    }

    private static DocumentStore failingReads(DocumentStore store, StorageException failure) {
        return new DelegatingStore(store) {
            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                return Uni.createFrom().failure(failure);
            }
        };
    }

    private static OpenDocument flipped(OpenDocument document) {
        return OpenDocument.of(
                document.stat(),
                new DocumentContent.Streamed(
                        document.content().size(),
                        PinnedSource.bytesOf(document).map(CopyProtocolTest::flipped)));
    }

    private static ByteBuffer flipped(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        bytes[0] ^= 1;
        return ByteBuffer.wrap(bytes);
    }

    private static OpenDocument brokenInTheMiddle(OpenDocument document) {
        Multi<ByteBuffer> broken = Multi.createBy()
                .concatenating()
                .streams(
                        PinnedSource.bytesOf(document).select().first(5),
                        Multi.createFrom().failure(failure(ErrorKind.CONTENT_TRUNCATED)));
        return OpenDocument.of(
                document.stat(), new DocumentContent.Streamed(document.content().size(), broken));
    }

    private static Written unproven(Written written) {
        return new Written(written.revision(), written.hash(), written.size(), false, List.of(), 1);
    }

    private static StorageException failure(ErrorKind kind) {
        return new StorageException(kind, "test", new DocumentKey("a").value(), "as the test wants it");
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
