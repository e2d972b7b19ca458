package io.hermes.orchestrator.plan;

import io.hermes.storage.DocumentStore;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.jboss.logging.Logger;

/**
 * The listing of a destination beside that of a source: read once, page by page, only as far as somebody asks, one page in memory. Where
 * both go in the same order, as keys that are kept do, every document is met in passing. What is asked for behind its place is not found;
 * whoever asks has to do without.
 */
final class DestinationListing {

    private static final Logger LOG = Logger.getLogger(DestinationListing.class);

    private final DocumentStore store;
    private final int pageSize;
    private List<ListPage.Entry> page = List.of();
    private Optional<String> next = Optional.empty();
    private boolean ended;
    private long pagesLeft;

    DestinationListing(DocumentStore store, int pageSize) {
        this.store = store;
        this.pageSize = pageSize;
    }

    /**
     * Those of these keys that it shows. Reads a page for each key at most: if the destination holds so much more than is looked for, it is
     * cheaper to look at each key. Never fails: a destination that cannot be listed shows nothing.
     */
    Uni<Map<String, ListPage.Entry>> among(SortedSet<String> keys) {
        Map<String, ListPage.Entry> found = new HashMap<>();
        if (keys.isEmpty()) {
            return Uni.createFrom().item(found);
        }
        pagesLeft += keys.size();
        collect(keys, found);
        return Multi.createBy()
                .repeating()
                .uni(() -> isBehind(keys.last()) ? read() : Uni.createFrom().item(false))
                .whilst(read -> collectIf(read, keys, found))
                .collect()
                .last()
                .replaceWith(found);
    }

    private boolean isBehind(String last) {
        boolean reached = !page.isEmpty() && page.getLast().key().value().compareTo(last) >= 0;
        return !ended && !reached && pagesLeft > 0;
    }

    private Uni<Boolean> read() {
        pagesLeft--;
        return store.list(new ListRequest("", next, pageSize))
                .invoke(this::turnTo)
                .replaceWith(true)
                .onFailure()
                .invoke(failure -> LOG.infof("the destination is not listed any further: %s", failure.getMessage()))
                .onFailure()
                .recoverWithItem(this::end);
    }

    private void turnTo(ListPage read) {
        page = read.entries();
        next = read.next();
        ended = next.isEmpty();
    }

    private boolean end() {
        page = List.of();
        ended = true;
        return false;
    }

    private boolean collectIf(boolean read, SortedSet<String> keys, Map<String, ListPage.Entry> found) {
        if (read) {
            collect(keys, found);
        }
        return read;
    }

    private void collect(SortedSet<String> keys, Map<String, ListPage.Entry> found) {
        page.stream()
                .filter(entry -> keys.contains(entry.key().value()))
                .forEach(entry -> found.put(entry.key().value(), entry));
    }
}
