package io.hermes.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DelegatingStore;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much of a destination is listed for what. */
class DestinationListingTest {

    private static final int PAGE = 2;

    private final List<String> keys =
            IntStream.range(0, 20).mapToObj("%02d"::formatted).toList();
    private int listed;
    private int broken = Integer.MAX_VALUE;

    private final DestinationListing listing = new DestinationListing(
            new DelegatingStore(null) {
                @Override
                public Uni<ListPage> list(ListRequest request) {
                    return page(request.token().map(Integer::parseInt).orElse(0));
                }
            },
            PAGE);

    @Test
    void noFurtherThanTheLastKeyThatIsAskedFor() {
        assertThat(among("01", "03")).containsExactlyInAnyOrder("01", "03");
        assertThat(listed).isEqualTo(2);
    }

    @Test
    void thePageInHandIsNotReadAgain() {
        assertThat(among("00")).containsExactly("00");
        assertThat(among("01")).containsExactly("01");
        assertThat(listed).isEqualTo(1);
    }

    @Test
    void whatIsPassedIsNotFoundAndCostsNothing() {
        assertThat(among("04", "05", "06", "07", "08", "09")).hasSize(6);
        int before = listed;

        assertThat(among("02")).isEmpty();
        assertThat(listed).isEqualTo(before);
    }

    @Test
    void noMorePagesThanKeys() {
        assertThat(among("19")).isEmpty();
        assertThat(listed).isEqualTo(1);
        assertThat(among("18", "19")).isEmpty();
        assertThat(listed).isEqualTo(3);
    }

    @Test
    void theEndIsTheEnd() {
        keys.subList(10, 20).forEach(key -> among(key, "zz"));
        int before = listed;

        assertThat(among("zz")).isEmpty();
        assertThat(listed).isEqualTo(before).isEqualTo(10);
    }

    @Test
    void aDestinationThatCannotBeListedShowsNothingMore() {
        broken = 1;

        assertThat(among("00", "01", "02")).containsExactlyInAnyOrder("00", "01");
        assertThat(among("02", "03")).isEmpty();
        assertThat(listed).isEqualTo(2);
    }

    private Set<String> among(String... wanted) {
        return listing.among(new TreeSet<>(List.of(wanted)))
                .await()
                .indefinitely()
                .keySet();
    }

    private Uni<ListPage> page(int from) {
        if (listed++ >= broken) {
            return Uni.createFrom().failure(new StorageException(ErrorKind.PERMISSION_DENIED, "list", "", "no"));
        }
        int to = Math.min(keys.size(), from + PAGE);
        return Uni.createFrom()
                .item(new ListPage(
                        keys.subList(from, to).stream()
                                .map(key ->
                                        new ListPage.Entry(new DocumentKey(key), 1, Instant.EPOCH, Revision.of("r")))
                                .toList(),
                        List.of(),
                        to == keys.size() ? Optional.empty() : Optional.of(String.valueOf(to))));
    }
}
