package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.failureOf;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Sources that grow, shrink, vanish, break or are given up: the whole document or nothing. */
interface StreamContract extends StoreUnderTest {

    @Test
    default void aSourceThatGrowsOrShrinksLeavesNothing() {
        needs(Feature.WRITE);
        for (int size : new int[] {300_000, largeBytes()}) {
            for (int difference : new int[] {-1, 1, -100_000, 100_000}) {
                // When
                byte[] delivered = bytes(size + difference);
                ErrorKind kind = kindOf(store().write(request("a", streamed(size, delivered), Precondition.none())));

                // Then
                assertThat(kind)
                        .as("%d bytes announced, %d delivered", size, delivered.length)
                        .isEqualTo(ErrorKind.CONTENT_TRUNCATED);
                nothingStandsUnder("a");
            }
        }
    }

    @Test
    default void aSourceThatBreaksLeavesTheOldDocument() {
        needs(Feature.WRITE);
        put(store(), "a", bytes(10));
        for (int size : new int[] {200_000, largeBytes()}) {
            for (ErrorKind broken : new ErrorKind[] {ErrorKind.CHANGED, ErrorKind.NOT_FOUND, ErrorKind.UNAVAILABLE}) {
                // When
                DocumentContent content = breaking(size, new StorageException(broken, "read", "source", "it broke"));
                ErrorKind kind = kindOf(store().write(request("a", content, Precondition.none())));

                // Then
                assertThat(kind).as("the source's own error is the write's").isEqualTo(broken);
                assertThat(read(store(), "a")).isEqualTo(bytes(10));
            }
        }
    }

    @Test
    default void aSourceThatBreaksForNoReasonOfAStoreIsADefect() {
        needs(Feature.WRITE);
        // Given
        String canary = "canary-of-a-source";

        // When
        StorageException failure = failureOf(
                store().write(request("a", breaking(200_000, new IllegalStateException(canary)), Precondition.none())));

        // Then
        assertThat(failure.kind()).isEqualTo(ErrorKind.INTERNAL);
        assertThat(failure.getMessage()).doesNotContain(canary).contains("a");
        nothingStandsUnder("a");
    }

    private static DocumentContent breaking(int size, Throwable failure) {
        Multi<ByteBuffer> half = Multi.createFrom().item(ByteBuffer.wrap(bytes(size / 2)));
        return new DocumentContent.Streamed(
                size,
                Multi.createBy()
                        .concatenating()
                        .streams(half, Multi.createFrom().failure(failure)));
    }

    @Test
    default void aCancelledWriteLeavesNothing() throws InterruptedException {
        needs(Feature.WRITE);
        for (int size : new int[] {200_000, largeBytes()}) {
            // Given
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch cancelled = new CountDownLatch(1);
            Multi<ByteBuffer> endless = Multi.createBy()
                    .concatenating()
                    .streams(
                            Multi.createFrom().item(ByteBuffer.wrap(bytes(size / 2))),
                            Multi.createFrom().<ByteBuffer>nothing().onRequest().invoke(asked::countDown))
                    .onCancellation()
                    .invoke(cancelled::countDown);
            Cancellable write = store().write(
                            request("a", new DocumentContent.Streamed(size, endless), Precondition.none()))
                    .subscribe()
                    .with(written -> {}, failure -> {});
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

            // When
            write.cancel();

            // Then
            assertThat(cancelled.await(60, TimeUnit.SECONDS))
                    .as("the source hears of it")
                    .isTrue();
            nothingStandsUnder("a");
        }
    }

    @Test
    default void asksASourceOnceForItsBytes() {
        needs(Feature.WRITE);
        for (int size : new int[] {0, 1, 300_000, largeBytes()}) {
            // Given
            AtomicInteger subscriptions = new AtomicInteger();
            DocumentContent.Streamed content = (DocumentContent.Streamed) streamed(bytes(size));
            Multi<ByteBuffer> counted = content.bytes().onSubscription().invoke(subscriptions::incrementAndGet);

            // When
            await(store().write(request("a", new DocumentContent.Streamed(size, counted), Precondition.none())));

            // Then
            assertThat(subscriptions).as("a source is single use").hasValue(1);
        }
    }

    private void nothingStandsUnder(String key) {
        assertThat(kindOf(store().stat(key(key)))).isEqualTo(ErrorKind.NOT_FOUND);
        assertThat(keys(store())).isEmpty();
    }
}
