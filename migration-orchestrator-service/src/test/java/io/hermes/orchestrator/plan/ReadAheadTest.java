package io.hermes.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hermes.storage.DelegatingStore;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

    private static final ListRequest FIRST = ListRequest.everything();

    private final List<String> asked = new ArrayList<>();
    private int broken = Integer.MAX_VALUE;

    /** Its pages 0 to 3 are named by their tokens. */
    private final DocumentStore store = new ReadAhead(new DelegatingStore(null) {
        @Override
        public Uni<ListPage> list(ListRequest request) {
            int number = request.token().map(Integer::parseInt).orElse(0);
            asked.add(String.valueOf(number));
            if (number == broken) {
                return Uni.createFrom().failure(new StorageException(ErrorKind.UNAVAILABLE, "list", "", "down"));
            }
            Optional<String> next = number == 3 ? Optional.empty() : Optional.of(String.valueOf(number + 1));
            return Uni.createFrom().item(new ListPage(List.of(), List.of(), next));
        }
    });

    @Test
    void theNextPageIsAskedForBeforeTheReaderAsks() {
        assertThat(page(FIRST).next()).contains("1");

        assertThat(asked).containsExactly("0", "1");
    }

    @Test
    void everyPageIsAskedForOnce() {
        Optional<String> token = page(FIRST).next();
        while (token.isPresent()) {
            token = page(FIRST.after(token.get())).next();
        }

        assertThat(asked).containsExactly("0", "1", "2", "3");
    }

    @Test
    void anotherPageThanTheNextIsAskedFor() {
        ListPage unused = page(FIRST);

        assertThat(page(FIRST.after("2")).next()).contains("3");
        assertThat(asked).containsExactly("0", "1", "2", "3");
    }

    @Test
    void aPageThatFailsIsToldToTheReaderAndTriedAgain() {
        broken = 1;
        ListPage unused = page(FIRST);

        assertThatThrownBy(() -> page(FIRST.after("1"))).isInstanceOf(StorageException.class);
        broken = Integer.MAX_VALUE;
        assertThat(page(FIRST.after("1")).next()).contains("2");
        assertThat(asked).containsExactly("0", "1", "1", "2");
    }

    private ListPage page(ListRequest request) {
        return store.list(request).await().indefinitely();
    }
}
