package io.hermes.storage.local;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.contentOf;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Writes that end early, and many at once. */
class LocalWriterTest extends OnDisk {

    @Test
    void aCancelledWriteRemovesItsTemporaryFile() throws Exception {
        // Given
        CountDownLatch asked = new CountDownLatch(1);
        Multi<ByteBuffer> endless = Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(ByteBuffer.wrap(bytes(100_000))),
                        Multi.createFrom().<ByteBuffer>nothing().onRequest().invoke(asked::countDown));
        Cancellable write = store.write(
                        request("a/b", new DocumentContent.Streamed(200_000, endless), Precondition.ifAbsent()))
                .subscribe()
                .with(written -> {}, failure -> {});
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(namesIn(root.resolve("a"))).hasSize(1);

        // When
        write.cancel();

        // Then
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(namesIn(root.resolve("a"))).isEmpty());
    }

    @Test
    void failedWritesLeaveNoTemporaryFile() throws IOException {
        // When
        kindOf(store.write(request("a", streamed(10, bytes(9)), Precondition.none())));
        kindOf(store.write(request("a", streamed(10, bytes(11)), Precondition.none())));

        // Then
        assertThat(namesIn(root)).isEmpty();
    }

    @Test
    void nothingBlocksTheCaller() {
        // Given
        put(store, "a", bytes(10));
        String caller = Thread.currentThread().getName();

        // When
        String thread =
                await(store.stat(key("a")).map(unused -> Thread.currentThread().getName()));

        // Then
        assertThat(thread).startsWith("hermes-local-").isNotEqualTo(caller);
    }

    @Test
    void copiesBetweenLocalStoresDoNotWaitForEachOther() {
        // Given more copies at once than there are threads
        put(store, "a", bytes(2 * 1024 * 1024));

        // When
        Multi.createFrom()
                .range(0, 200)
                .onItem()
                .transformToUni(number -> store.read(ReadRequest.latest(key("a"), 0))
                        .chain(document ->
                                store.write(request("copy/" + number, document.content(), Precondition.ifAbsent()))))
                .merge(200)
                .collect()
                .asList()
                .await()
                .atMost(Duration.ofSeconds(50));

        // Then
        assertThat(keys(store, "copy", 1000)).hasSize(200);
        assertThat(contentOf(await(store.read(ReadRequest.latest(key("copy/199"), 0)))))
                .isEqualTo(bytes(2 * 1024 * 1024));
    }
}
