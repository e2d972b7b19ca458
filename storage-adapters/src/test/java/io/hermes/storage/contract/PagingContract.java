package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.key;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Precondition;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Long listings: every document once, whatever its name, whatever happens between two pages. */
interface PagingContract extends StoreUnderTest {

    /** What tokens have been broken by. Each stands in many names. */
    List<String> ODD = List.of(
            "plain",
            "with space",
            "per%2Fcent",
            "plus+",
            "a&b=c",
            "\u00e4",
            "a\u0308",
            "\u65e5\u672c",
            "\ud83d\ude80",
            "~",
            "-",
            "'\"");

    private List<String> seed(int count) {
        List<String> keys = IntStream.range(0, count)
                .mapToObj(number ->
                        "many/%s/%04d %s".formatted(ODD.get(number % 5), number, ODD.get(number % ODD.size())))
                .toList();
        writeAll(keys);
        return keys;
    }

    private void writeAll(List<String> keys) {
        await(Multi.createFrom()
                .iterable(keys)
                .onItem()
                .transformToUni(key -> seeder().write(request(key, whole(bytes(3)), Precondition.none())))
                .merge(16)
                .collect()
                .asList());
    }

    @Test
    default void moreThanAThousandKeysComeOnceAndInAStableOrder() {
        // Given
        List<String> keys = seed(ListRequest.MAX_LIMIT + 5);

        // When
        List<ListPage> pages = Steps.pages(store(), "many", ListRequest.MAX_LIMIT);

        // Then
        List<String> listed = keysOf(pages);
        assertThat(listed).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(pages)
                .allSatisfy(page -> assertThat(page.entries()).hasSizeLessThanOrEqualTo(ListRequest.MAX_LIMIT));
        assertThat(pages.size()).isGreaterThan(1);
        assertThat(keys(store(), "many", 117)).containsExactlyElementsOf(listed);
    }

    /** As a planner does that was killed: the token comes from a database, the store was opened again. */
    @Test
    default void aStoredTokenGoesOnWhereItStood() {
        // Given
        List<String> keys = seed(60);
        List<String> listed = keys(store(), "", 100);
        for (int limit : new int[] {1, 7, 59}) {
            // When
            ListPage first = await(store().list(new ListRequest("", Optional.empty(), limit)));
            String stored = new String(first.next().orElseThrow().toCharArray());
            List<String> rest = restAfter(stored, limit);

            // Then
            List<String> all = new ArrayList<>(keysOf(List.of(first)));
            all.addAll(rest);
            assertThat(all).containsExactlyElementsOf(listed).containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    private List<String> restAfter(String token, int limit) {
        Optional<DocumentStore> reopened = reopened();
        try {
            DocumentStore again = reopened.orElseGet(this::store);
            List<String> rest = new ArrayList<>();
            for (Optional<String> next = Optional.of(token); next.isPresent(); ) {
                ListPage page = await(again.list(new ListRequest("", next, limit)));
                rest.addAll(keysOf(List.of(page)));
                next = page.next();
            }
            return rest;
        } finally {
            reopened.ifPresent(DocumentStore::close);
        }
    }

    @Test
    default void documentsThatStayAreListedOnceWhileOthersComeAndGo() {
        // Given
        List<String> staying = seed(40);
        List<String> going = IntStream.range(0, 20)
                .mapToObj("many/plain/%04d going"::formatted)
                .toList();
        writeAll(going);

        // When
        List<String> seen = new ArrayList<>();
        Optional<ListRequest> next = Optional.of(new ListRequest("", Optional.empty(), 3));
        for (int page = 0; next.isPresent(); page++) {
            ListRequest request = next.get();
            ListPage listed = await(store().list(request));
            seen.addAll(keysOf(List.of(listed)));
            next = listed.next().map(request::after);
            comeAndGo(page, going);
        }

        // Then
        assertThat(seen).doesNotHaveDuplicates().containsAll(staying);
        assertThat(seen).allMatch(key -> staying.contains(key) || key.contains("going") || key.contains("coming"));
    }

    /** One more before, one more behind and one less, wherever the listing stands. */
    private void comeAndGo(int page, List<String> going) {
        if (page < going.size()) {
            writeAll(List.of("aaa/coming " + page, "zzz/coming " + page));
            Uni<Void> delete = seeder().delete(key(going.get(page)), Precondition.none());
            await(delete);
        }
    }

    @Test
    default void aListingThatIsLeftOffHoldsNothing() {
        // Given
        seed(30);

        // When
        for (int time = 0; time < 50; time++) {
            assertThat(await(store().list(new ListRequest("many", Optional.empty(), 2)))
                            .entries())
                    .hasSizeLessThanOrEqualTo(2);
        }

        // Then
        assertThat(keys(store(), "many", 7)).hasSize(30);
    }

    private static List<String> keysOf(List<ListPage> pages) {
        return pages.stream()
                .flatMap(page -> page.entries().stream())
                .map(entry -> entry.key().value())
                .toList();
    }
}
