package io.hermes.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hermes.storage.DelegatingStore;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Listings that are not what the store holds. */
class PlanningTest {

    private static final ListPage NOTHING = new ListPage(List.of(), List.of(), Optional.empty());

    private final Deque<ListPage> answers = new ArrayDeque<>();
    private final Planning planning = planning();

    @Test
    void aListingThatIsEmptyOnceIsAskedForAgain() {
        answers.add(NOTHING);
        answers.add(page(Optional.empty(), "a"));

        PlannedPage page = page(Optional.empty());

        assertThat(page.items()).hasSize(1);
        assertThat(page.done()).isTrue();
    }

    @Test
    void aListingThatIsEmptyTwiceIsEmpty() {
        answers.add(NOTHING);
        answers.add(NOTHING);

        PlannedPage page = page(Optional.empty());

        assertThat(page.items()).isEmpty();
        assertThat(page.done()).isTrue();
    }

    @Test
    void anEmptyEndMidwayIsAskedForAgain() {
        answers.add(page(Optional.of("1"), "a"));
        answers.add(NOTHING);
        answers.add(page(Optional.of("2"), "b"));

        assertThat(page(Optional.empty()).next()).contains("1");
        assertThat(page(Optional.of("1")).next()).contains("2");
    }

    @Test
    void pagesThatComeRoundAgainAreAFailure() {
        for (int number = 0; number < 100; number++) {
            answers.add(page(Optional.of("token-" + (number < 9 ? number : 9 + number % 3)), "a"));
        }
        assertThatThrownBy(() -> {
                    Optional<String> token = Optional.empty();
                    while (!answers.isEmpty()) {
                        token = page(token).next();
                    }
                })
                .isInstanceOfSatisfying(
                        StorageException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.INTERNAL));
        assertThat(answers).as("pages not asked for").hasSizeGreaterThan(60);
    }

    private PlannedPage page(Optional<String> token) {
        return planning.page(token, 0).await().indefinitely();
    }

    private static ListPage page(Optional<String> next, String key) {
        ListPage.Entry entry = new ListPage.Entry(new DocumentKey(key), 1, Instant.EPOCH, Revision.of("r"));
        return new ListPage(List.of(entry), List.of(), next);
    }

    private Planning planning() {
        UUID source = UUID.randomUUID();
        PlanClaim claim = new PlanClaim(
                1,
                1,
                Optional.empty(),
                0,
                source,
                Optional.empty(),
                Instant.now(),
                FilterCriteria.EVERYTHING,
                Set.of(),
                List.of(),
                Optional.empty());
        DocumentStore store = new DelegatingStore(null) {
            @Override
            public Uni<ListPage> list(ListRequest request) {
                return Uni.createFrom().item(answers::remove);
            }
        };
        return new Planning(claim, store, new WantedDocuments(source, store, Set.of()), null, Optional.empty(), 1);
    }
}
