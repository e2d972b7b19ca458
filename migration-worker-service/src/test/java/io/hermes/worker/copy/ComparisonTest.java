package io.hermes.worker.copy;

import static io.hermes.worker.testing.Documents.hash;
import static io.hermes.worker.testing.Documents.put;
import static io.hermes.worker.testing.Documents.random;
import static io.hermes.worker.testing.Documents.statOf;
import static io.hermes.worker.testing.Documents.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.event.Compared;
import io.hermes.contract.event.Deferred;
import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.Failed;
import io.hermes.contract.event.Skipped;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.task.CompareTask;
import io.hermes.contract.task.CopyTask;
import io.hermes.storage.DelegatingStore;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
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
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Comparisons on stores in memory that count every attempt to change them; the destination may only be read. */
@QuarkusTest
@TestProfile(SmallWorker.class)
class ComparisonTest {

    private static final int MIB = 1024 * 1024;

    @Inject
    Comparisons comparisons;

    @Inject
    Copies copies;

    @Inject
    ByteBudget budget;

    @Inject
    FaultyStoreFactory stores;

    private final AtomicInteger changes = new AtomicInteger();
    private UUID source;
    private UUID destination;

    @BeforeEach
    void register() {
        source = Providers.register("faulty", Map.of(), Map.of());
        destination = Providers.registerReadOnly("faulty", Map.of("path_template", "{path}"), Map.of());
        fault(source, store -> store);
        fault(destination, store -> store);
    }

    @AfterEach
    void nothingWasChangedAndNothingIsHeld() {
        assertThat(changes).hasValue(0);
        assertThat(budget.used()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void equalBytesAreToldWithBothHashes(Size size) {
        byte[] bytes = random(size.bytes);
        put(in(source), "a.bin", bytes);
        put(in(destination), "a.bin", bytes);

        Compared found = compared(task("a.bin").size(bytes.length).comparison());

        assertThat(found.sourceHash()).isEqualTo(hash(bytes)).isEqualTo(found.destHash());
        assertThat(found.bytes()).isEqualTo(bytes.length);
        assertThat(found.destBytes()).isEqualTo(bytes.length);
        assertThat(found.destKey()).isEqualTo("a.bin");
        assertThat(found.sourceRevision())
                .isEqualTo(statOf(in(source), "a.bin").revision().text());
        assertThat(found.destRevision())
                .isEqualTo(statOf(in(destination), "a.bin").revision().text());
        assertThat(found.metadataDifferences()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Size.class)
    void oneWrongByteIsFound(Size size) {
        byte[] bytes = random(size.bytes);
        byte[] corrupt = Arrays.copyOf(bytes, bytes.length);
        corrupt[bytes.length - 1] ^= 1;
        put(in(source), "a.bin", bytes);
        put(in(destination), "a.bin", corrupt);

        Compared found = compared(task("a.bin").size(bytes.length).comparison());

        assertThat(found.sourceHash()).isEqualTo(hash(bytes));
        assertThat(found.destHash()).isEqualTo(hash(corrupt));
    }

    @Test
    void documentsOfDifferentLengthsAreBothHashed() {
        put(in(source), "a", text("long text"));
        put(in(destination), "a", text("short"));

        Compared found = compared(task("a").comparison());

        assertThat(found.bytes()).isEqualTo(9);
        assertThat(found.destBytes()).isEqualTo(5);
        assertThat(found.destHash()).isEqualTo(hash(text("short")));
    }

    @Test
    void aDocumentThatTheDestinationHasNotIsToldWithItsKey() {
        put(in(source), "folder/a", text("a"));

        Compared found = compared(task("folder/a").comparison());

        assertThat(found.destKey()).isEqualTo("folder/a");
        assertThat(found.sourceHash()).isEqualTo(hash(text("a")));
        assertThat(found.destHash()).isNull();
        assertThat(found.destRevision()).isNull();
        assertThat(found.destBytes()).isNull();
    }

    @Test
    void whatACopyWroteIsEqualInBytesAndMetadataUnderTheCopysKey() {
        UUID uuid = UUID.randomUUID();
        put(in(source), "notes/a.md", text("---\nuuid: " + uuid + "\ntags: [x, y]\n---\nHello"), described("alice"));
        UUID byUuid = Providers.register("faulty", Map.of("path_template", "{year}/{uuid}.{ext}"), Map.of());
        CopyTask copy = new TaskBuilder(source, byUuid, "notes/a.md").build();
        Succeeded copied =
                (Succeeded) copies.run(copy, new HeldTask(copy)).await().atMost(Duration.ofSeconds(20));

        Compared found = compared(new TaskBuilder(source, byUuid, "notes/a.md").comparison());

        assertThat(found.destKey()).isEqualTo(copied.destKey()).endsWith(uuid + ".md");
        assertThat(found.destHash()).isEqualTo(copied.destHash());
        assertThat(found.documentUuid()).isEqualTo(uuid);
        assertThat(found.metadataDifferences()).isEmpty();
    }

    @Test
    void metadataThatDiffersIsNamedAndFailsNothing() {
        put(in(source), "a.md", text("same"), described("alice"));
        DocumentMetadata there = described("bob").toBuilder()
                .contentType("text/html")
                .createdTime(Instant.parse("2020-01-01T00:00:00Z"))
                .extended(Map.of("colour", "red", "extra", "1"))
                .build();
        put(in(destination), "a.md", text("same"), there);

        Compared found = compared(task("a.md").comparison());

        assertThat(found.destHash()).isEqualTo(found.sourceHash());
        assertThat(found.metadataDifferences())
                .containsExactly("contentType", "createdTime", "owner", "extended.colour", "extended.extra");
    }

    @Test
    void whatNeitherSideStatesIsNoDifference() {
        put(in(source), "a.md", text("same"));
        put(in(destination), "a.md", text("same"));

        assertThat(compared(task("a.md").comparison()).metadataDifferences()).isEmpty();
    }

    @Test
    void aSourceThatChangedWhileTheDestinationWasReadIsNoDifferenceOfTheStores() {
        put(in(source), "a", text("old"));
        put(in(destination), "a", text("other"));
        fault(destination, store -> new DelegatingStore(store) {
            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                put(in(source), "a", text("new"));
                return store.read(request);
            }
        });

        assertFailed(task("a").comparison(), ErrorCode.SOURCE_CHANGED, true);
    }

    @Test
    void aDestinationThatChangedWhileItWasComparedIsLookedAtAgain() {
        put(in(source), "a", text("same"));
        put(in(destination), "a", text("old"));
        AtomicBoolean read = new AtomicBoolean();
        fault(destination, store -> new DelegatingStore(store) {
            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                return store.read(request).invoke(() -> read.set(true));
            }

            @Override
            public Uni<DocumentStat> stat(DocumentKey key) {
                if (read.get()) {
                    put(in(destination), "a", text("same"));
                }
                return store.stat(key);
            }
        });

        assertFailed(task("a").comparison(), ErrorCode.DEST_CHANGED, true);
        assertThat(compared(task("a").comparison()).destHash()).isEqualTo(hash(text("same")));
    }

    @Test
    void aDocumentThatComesWhileItsAbsenceIsConfirmedIsLookedAtAgain() {
        put(in(source), "a", text("a"));
        AtomicInteger looks = new AtomicInteger();
        fault(destination, store -> new DelegatingStore(store) {
            @Override
            public Uni<DocumentStat> stat(DocumentKey key) {
                if (looks.incrementAndGet() == 2) {
                    put(in(destination), "a", text("a"));
                }
                return store.stat(key);
            }
        });

        assertFailed(task("a").comparison(), ErrorCode.DEST_CHANGED, true);
    }

    @Test
    void aSourceThatIsGoneIsNotCompared() {
        put(in(destination), "a", text("a"));

        assertFailed(task("a").comparison(), ErrorCode.SOURCE_NOT_FOUND, false);
    }

    @Test
    void whatTheFilterExcludesIsNotCompared() {
        put(in(source), "a.md", text("---\nstatus: Draft\n---\n"));
        CopyTask.ContentFilter approved =
                new CopyTask.ContentFilter(Set.of("Approved"), Set.of(), Set.of(), Set.of(), Set.of());

        TaskEvent event = run(task("a.md").filter(approved).comparison());

        assertThat(event)
                .isInstanceOfSatisfying(
                        Skipped.class, skipped -> assertThat(skipped.reason()).isEqualTo(Skipped.Reason.EXCLUDED));
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorKind.class,
            names = {"UNAVAILABLE", "TIMEOUT", "RATE_LIMITED", "UNAUTHENTICATED"})
    void anOutageOfEitherStoreDefers(ErrorKind kind) {
        put(in(source), "a", text("a"));
        put(in(destination), "a", text("a"));
        fault(destination, store -> failingReads(store, kind));
        assertThat(run(task("a").comparison()))
                .isInstanceOfSatisfying(
                        Deferred.class,
                        deferred -> assertThat(deferred.providerUuid()).isEqualTo(destination));

        UUID down = Providers.register("faulty", Map.of(), Map.of());
        fault(down, store -> failingReads(store, kind));
        assertThat(run(new TaskBuilder(down, destination, "a").comparison()))
                .isInstanceOfSatisfying(
                        Deferred.class,
                        deferred -> assertThat(deferred.providerUuid()).isEqualTo(down));
    }

    @Test
    void aDestinationThatMayNotBeReadSaysWhatToGrant() {
        put(in(source), "a", text("a"));
        put(in(destination), "a", text("a"));
        fault(destination, store -> failingReads(store, ErrorKind.PERMISSION_DENIED));

        Failed failed = (Failed) run(task("a").comparison());

        assertThat(failed.code()).isEqualTo(ErrorCode.DEST_PERMISSION_DENIED);
        assertThat(failed.message()).contains("read access");
    }

    @Test
    void aLongDocumentTakesNoMoreMemoryThanTheBuffersOfItsStreams() {
        byte[] bytes = random(20 * MIB);
        put(in(source), "long", bytes);
        put(in(destination), "long", bytes);
        AtomicInteger reserved = new AtomicInteger();
        fault(destination, store -> new DelegatingStore(store) {
            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                reserved.set((int) budget.used());
                return store.read(request);
            }
        });

        assertThat(compared(task("long").size(bytes.length).comparison()).destHash())
                .isEqualTo(hash(bytes));

        assertThat(reserved.get()).isBetween(1, 8 * MIB);
    }

    private void assertFailed(CompareTask task, ErrorCode code, boolean retryable) {
        assertThat(run(task)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(code);
            assertThat(failed.retryable()).isEqualTo(retryable);
        });
    }

    private static DocumentMetadata described(String owner) {
        return DocumentMetadata.NONE.toBuilder()
                .owner(owner)
                .contentType("text/markdown")
                .createdTime(Instant.parse("2021-01-01T00:00:00Z"))
                .modifiedTime(Instant.parse("2022-01-01T00:00:00.123456789Z"))
                .extended(Map.of("colour", "blue"))
                .build();
    }

    private TaskBuilder task(String key) {
        return new TaskBuilder(source, destination, key);
    }

    private TaskEvent run(CompareTask task) {
        return comparisons.run(task, new HeldTask(task)).await().atMost(Duration.ofSeconds(20));
    }

    private Compared compared(CompareTask task) {
        TaskEvent outcome = run(task);
        assertThat(outcome).isInstanceOf(Compared.class);
        return (Compared) outcome;
    }

    private DocumentStore in(UUID provider) {
        return stores.sound(provider);
    }

    private void fault(UUID provider, UnaryOperator<DocumentStore> fault) {
        stores.put(provider, store -> fault.apply(counting(store)));
    }

    private DocumentStore counting(DocumentStore store) {
        return new DelegatingStore(store) {
            @Override
            public Uni<Written> write(WriteRequest request) {
                changes.incrementAndGet();
                return store.write(request);
            }

            @Override
            public Uni<Void> delete(DocumentKey key, Precondition precondition) {
                changes.incrementAndGet();
                return store.delete(key, precondition);
            }

            @Override
            public Uni<Revision> restore(DocumentKey key, Revision revision, Precondition precondition) {
                changes.incrementAndGet();
                return store.restore(key, revision, precondition);
            }

            @Override
            public Uni<Void> keepForever(DocumentKey key, Revision revision) {
                changes.incrementAndGet();
                return store.keepForever(key, revision);
            }
        };
    }

    private static DocumentStore failingReads(DocumentStore store, ErrorKind kind) {
        return new DelegatingStore(store) {
            @Override
            public Uni<OpenDocument> read(ReadRequest request) {
                return Uni.createFrom().failure(new StorageException(kind, "read", "a", "as the test wants it"));
            }
        };
    }

    enum Size {
        SMALL(10),
        WHOLE(MIB),
        STREAMED(5 * MIB);

        private final int bytes;

        Size(int bytes) {
            this.bytes = bytes;
        }
    }
}
