package io.hermes.orchestrator.plan;

import io.hermes.storage.DelegatingStore;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Lists the next page while the present one is worked on. For one reader that goes from page to page; one that stops early has asked for a
 * page too many. A page that could not be read fails when the reader comes to it, and is asked for anew if he does so again.
 */
public final class ReadAhead extends DelegatingStore {

    private Optional<Ahead> ahead = Optional.empty();

    public ReadAhead(DocumentStore store) {
        super(store);
    }

    @Override
    public Uni<ListPage> list(ListRequest request) {
        return Uni.createFrom()
                .deferred(() -> take(request))
                .invoke(page -> page.next().ifPresent(token -> begin(request.after(token))));
    }

    private synchronized Uni<ListPage> take(ListRequest request) {
        Uni<ListPage> page = ahead.filter(next -> next.request().equals(request))
                .map(Ahead::page)
                .orElseGet(() -> super.list(request));
        ahead = Optional.empty();
        return page;
    }

    private synchronized void begin(ListRequest next) {
        Uni<ListPage> page = super.list(next).memoize().indefinitely();
        ahead = Optional.of(new Ahead(next, page));
        page.subscribe().with(read -> {}, failure -> {});
    }

    private record Ahead(ListRequest request, Uni<ListPage> page) {}
}
