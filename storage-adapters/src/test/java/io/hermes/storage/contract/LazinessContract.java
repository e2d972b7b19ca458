package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.contentOf;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Feature;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Written;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** No call acts before it is subscribed to, and each subscription acts once. */
interface LazinessContract extends StoreUnderTest {

    @Test
    default void looksWhenSubscribed() {
        // Given calls that were made while nothing was there
        Uni<DocumentStat> stat = store().stat(key("a"));
        Uni<OpenDocument> read = store().read(ReadRequest.latest(key("a"), 1000));
        Uni<ListPage> list = store().list(ListRequest.everything());

        // When
        put(seeder(), "a", bytes(10));

        // Then
        assertThat(await(stat).size()).isEqualTo(10);
        assertThat(contentOf(await(read))).isEqualTo(bytes(10));
        assertThat(await(list).entries()).hasSize(1);
    }

    @Test
    default void looksAgainWithEachSubscription() {
        // Given
        Uni<DocumentStat> stat = store().stat(key("a"));
        Uni<OpenDocument> read = store().read(ReadRequest.latest(key("a"), 0));
        Uni<ListPage> list = store().list(ListRequest.everything());
        for (int size : new int[] {10, 11}) {
            // When
            put(seeder(), "a", bytes(size));

            // Then
            assertThat(await(stat).size()).isEqualTo(size);
            assertThat(contentOf(await(read))).isEqualTo(bytes(size));
            assertThat(await(list).entries().get(0).size()).isEqualTo(size);
        }
    }

    @Test
    default void writesWhenSubscribed() {
        needs(Feature.WRITE);
        // Given
        AtomicInteger subscriptions = new AtomicInteger();
        Multi<ByteBuffer> body = Multi.createFrom()
                .item(ByteBuffer.wrap(bytes(10)))
                .onSubscription()
                .invoke(subscriptions::incrementAndGet);

        // When
        Uni<Written> wholeWrite = store().write(request("a", whole(bytes(1)), Precondition.none()));
        Uni<Written> streamWrite =
                store().write(request("b", new DocumentContent.Streamed(10, body), Precondition.none()));

        // Then
        assertThat(keys(store())).isEmpty();
        assertThat(subscriptions).hasValue(0);
        await(wholeWrite);
        await(streamWrite);
        assertThat(keys(store())).containsExactlyInAnyOrder("a", "b");
        assertThat(subscriptions).hasValue(1);
    }

    @Test
    default void writesWithEachSubscription() {
        needs(Feature.WRITE);
        // Given
        Uni<Written> write = store().write(request("a", whole(bytes(10)), Precondition.none()));
        for (int time = 0; time < 2; time++) {
            // When
            await(write);

            // Then
            assertThat(read(store(), "a")).isEqualTo(bytes(10));
            await(store().delete(key("a"), Precondition.none()));
        }
    }

    @Test
    default void asksThePreconditionWithEachSubscription() {
        needs(Feature.CONDITIONAL_PUT);
        // Given
        Uni<Written> write = store().write(request("a", whole(bytes(10)), Precondition.ifAbsent()));

        // When
        await(write);

        // Then
        assertThat(kindOf(write)).isEqualTo(ErrorKind.PRECONDITION_FAILED);
    }

    @Test
    default void deletesWhenSubscribed() {
        needs(Feature.WRITE);
        // Given
        put(store(), "a", bytes(10));

        // When
        Uni<Void> delete = store().delete(key("a"), Precondition.none());

        // Then
        assertThat(keys(store())).containsExactly("a");
        for (int time = 0; time < 2; time++) {
            await(delete);
            assertThat(keys(store())).isEmpty();
            put(store(), "a", bytes(10));
        }
    }
}
