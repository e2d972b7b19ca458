package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.kindOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.DocumentStat;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Precondition;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every document once, and nothing else. */
interface ListContract extends StoreUnderTest {

    @Test
    default void anEmptyStoreIsAnEmptyPage() {
        assertThat(await(store().list(ListRequest.everything())))
                .isEqualTo(new ListPage(List.of(), List.of(), Optional.empty()));
    }

    @Test
    default void showsWhatStatShows() {
        // Given
        put(seeder(), "a/b", bytes(17));

        // When
        ListPage.Entry entry =
                await(store().list(ListRequest.everything())).entries().get(0);

        // Then
        DocumentStat stat = await(store().stat(key("a/b")));
        assertThat(entry.key()).isEqualTo(stat.key());
        assertThat(entry.size()).isEqualTo(stat.size()).isEqualTo(17);
        assertThat(entry.modified()).isEqualTo(stat.modified());
        assertThat(entry.revision().matches(stat.revision())).isTrue();
    }

    @Test
    default void aPrefixEndsAtASlash() {
        // Given
        for (String key : List.of("production/a", "production/b/c", "production-old/a", "productio/a", "z")) {
            put(seeder(), key, bytes(1));
        }

        // Then
        assertThat(keys(store(), "production", 10)).containsExactlyInAnyOrder("production/a", "production/b/c");
        assertThat(keys(store(), "production/b", 10)).containsExactly("production/b/c");
        assertThat(keys(store(), "nowhere", 10)).isEmpty();
        assertThat(keys(store(), "z", 10)).isEmpty();
    }

    @Test
    default void pagesHoldEveryKeyOnce() {
        // Given names around the slash, which sorts in the middle
        List<String> keys = List.of("a", "b-c", "b.c", "b/a", "b/c/d", "b/d", "b0", "c", "d/e/f/g");
        keys.forEach(key -> put(seeder(), key, bytes(1)));

        // Then
        for (int limit = 1; limit <= keys.size() + 1; limit++) {
            assertThat(keys(store(), "", limit)).containsExactlyInAnyOrderElementsOf(keys);
        }
        assertThat(keys(store(), "b", 1)).containsExactlyInAnyOrder("b/a", "b/c/d", "b/d");
    }

    @Test
    default void aTokenOutlivesTheDocumentItStandsAt() {
        // Given
        List<String> keys = List.of("a", "b/c", "b/d", "e");
        keys.forEach(key -> put(seeder(), key, bytes(1)));
        ListRequest two = new ListRequest("", Optional.empty(), 2);
        ListPage first = await(store().list(two));
        first.entries().forEach(entry -> await(seeder().delete(entry.key(), Precondition.none())));

        // When
        List<String> seen = new ArrayList<>();
        first.entries().forEach(entry -> seen.add(entry.key().value()));
        for (Optional<String> next = first.next(); next.isPresent(); ) {
            ListPage page = await(store().list(two.after(next.get())));
            page.entries().forEach(entry -> seen.add(entry.key().value()));
            next = page.next();
        }

        // Then
        assertThat(seen).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    default void aTokenThatIsNoneIsRefusedOrHarmless() {
        put(seeder(), "a", bytes(1));
        ListRequest forged = new ListRequest("", Optional.of("../../etc\0"), 10);
        try {
            assertThat(await(store().list(forged)).entries()).hasSizeLessThanOrEqualTo(1);
        } catch (StorageException refused) {
            assertThat(refused.kind()).isNotEqualTo(ErrorKind.CONTAINER_MISSING);
        }
    }

    @Test
    default void namesOfOursAreNeverListed() {
        // Given
        put(seeder(), "a/b", bytes(1));
        for (String name : List.of(".hermes-probe/x", ".hermes-tmp-1", "a/.hermes-tmp-2", "a/.hermes-trash/c")) {
            plant(name, bytes(1));
        }

        // Then
        assertThat(keys(store())).containsExactly("a/b");
        assertThat(keys(store(), "", 1)).containsExactly("a/b");
        assertThat(keys(store(), ".hermes-probe", 10)).isEmpty();
    }

    @Test
    default void aStoreThatIsNotThereIsNoEmptyStore() {
        assumeTrue(storeWithoutContainer().isPresent(), "such a store is always there");
        try (DocumentStore missing = storeWithoutContainer().orElseThrow()) {
            assertThat(kindOf(missing.list(ListRequest.everything()))).isEqualTo(ErrorKind.CONTAINER_MISSING);
            assertThat(kindOf(missing.list(new ListRequest("a/b", Optional.empty(), 10))))
                    .isEqualTo(ErrorKind.CONTAINER_MISSING);
            assertThat(kindOf(missing.read(ReadRequest.latest(key("a/b"), 10)))).isEqualTo(ErrorKind.CONTAINER_MISSING);
            assertThat(kindOf(missing.write(request("a/b", whole(bytes(1)), mildest()))))
                    .isEqualTo(ErrorKind.CONTAINER_MISSING);
        }
    }
}
