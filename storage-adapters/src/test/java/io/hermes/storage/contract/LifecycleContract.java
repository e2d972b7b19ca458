package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.ListRequest;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A store may be closed at any moment: whatever is under way ends, as a whole or with an error of ours, and soon. */
interface LifecycleContract extends StoreUnderTest {

    @Test
    default void whatWasWrittenIsThereWhenTheStoreIsOpenedAgain() {
        needs(Feature.WRITE);
        put(store(), "a", bytes(10));
        try (DocumentStore again = reopenedOrSkipped()) {
            assertThat(read(again, "a")).isEqualTo(bytes(10));
            assertThat(await(again.stat(key("a")))
                            .revision()
                            .matches(await(store().stat(key("a"))).revision()))
                    .isTrue();
        }
    }

    @Test
    default void aBodyThatIsBeingReadEndsWhenTheStoreIsClosed() {
        // Given
        byte[] all = bytes(3 * 1024 * 1024);
        put(seeder(), "a", all);
        OpenDocument document = await(store().read(ReadRequest.latest(key("a"), 0)));
        AssertSubscriber<ByteBuffer> reader = AssertSubscriber.create(0);
        ((DocumentContent.Streamed) document.content()).bytes().subscribe().withSubscriber(reader);
        reader.awaitNextItem();

        // When
        store().close();
        reader.request(Long.MAX_VALUE);

        // Then
        Optional<Throwable> failure = endOf(reader);
        if (failure.isPresent()) {
            assertThat(failure.orElseThrow()).isInstanceOf(StorageException.class);
        } else {
            assertThat(Steps.arrayOf(reader.getItems())).isEqualTo(all);
        }
    }

    private static Optional<Throwable> endOf(AssertSubscriber<ByteBuffer> reader) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(reader.hasCompleted() || reader.getFailure() != null)
                        .as("the body ended")
                        .isTrue());
        return Optional.ofNullable(reader.getFailure());
    }

    @Test
    default void aWriteEndsWhenTheStoreIsClosed() {
        needs(Feature.WRITE);
        int size = 200_000;
        try (DocumentStore again = reopenedOrSkipped()) {
            // Given
            CompletableFuture<Void> halfWay = new CompletableFuture<>();
            CompletableFuture<Void> closed = new CompletableFuture<>();
            Multi<ByteBuffer> first = Multi.createFrom().item(ByteBuffer.wrap(bytes(size), 0, size / 2));
            Multi<ByteBuffer> second = Multi.createFrom()
                    .item(ByteBuffer.wrap(bytes(size), size / 2, size - size / 2))
                    .onItem()
                    .call(() -> {
                        halfWay.complete(null);
                        return Uni.createFrom().completionStage(closed);
                    });
            Multi<ByteBuffer> body = Multi.createBy().concatenating().streams(first, second);
            CompletableFuture<Written> write = store().write(
                            request("a", new DocumentContent.Streamed(size, body), Precondition.none()))
                    .subscribeAsCompletionStage();
            halfWay.join();

            // When
            store().close();
            closed.complete(null);

            // Then
            Optional<StorageException> failure = failureOf(write);
            if (failure.isPresent()) {
                assertThat(keys(again)).isEmpty();
            } else {
                assertThat(read(again, "a")).isEqualTo(bytes(size));
            }
        }
    }

    private static Optional<StorageException> failureOf(CompletableFuture<?> call) {
        try {
            Object unused = await(Uni.createFrom().completionStage(call));
            return Optional.empty();
        } catch (StorageException failure) {
            return Optional.of(failure);
        }
    }

    @Test
    default void aClosedStoreRefusesInItsOwnWords() {
        // Given
        Revision written = put(seeder(), "a", bytes(10)).revision();
        List<Uni<?>> calls = new ArrayList<>();
        calls.add(store().list(ListRequest.everything()));
        calls.add(store().stat(key("a")));
        calls.add(store().read(ReadRequest.latest(key("a"), 10)));
        if (has(Feature.WRITE)) {
            calls.add(store().write(request("b", whole(bytes(1)), Precondition.none())));
            calls.add(store().delete(key("a"), Precondition.none()));
        }
        if (has(Feature.REVISIONS)) {
            calls.add(store().revisions(new RevisionRequest(key("a"), Optional.empty(), 10)));
        }
        if (has(Feature.REVISIONS) && has(Feature.WRITE)) {
            calls.add(store().restore(key("a"), written, Precondition.none()));
        }
        if (has(Feature.KEEP_FOREVER)) {
            calls.add(store().keepForever(key("a"), written));
        }
        calls.add(store().probe(ProbeDepth.REACH));

        // When
        store().close();

        // Then
        assertThat(calls).allSatisfy(call -> assertThat(Steps.kindOf(call)).isEqualTo(ErrorKind.UNAVAILABLE));
    }

    private DocumentStore reopenedOrSkipped() {
        Optional<DocumentStore> again = reopened();
        assumeTrue(again.isPresent(), "the adapter's contract does not open a container twice");
        return again.orElseThrow();
    }
}
