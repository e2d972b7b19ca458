package io.hermes.orchestrator.plan;

import io.hermes.contract.event.ErrorCode;
import io.hermes.orchestrator.item.PlannedItem;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ListPage;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/** Plans documents that were named by their keys: each is looked at, nothing is listed. */
final class NamedKeys {

    private static final int LOOKS_AT_ONCE = 8;

    private final DocumentStore store;
    private final KeyFilter filter;

    NamedKeys(DocumentStore store, KeyFilter filter) {
        this.store = store;
        this.filter = filter;
    }

    /** What they are, without those that the filter excludes. What is not there fails as a document; a store that does not answer fails. */
    Uni<List<PlannedItem>> look(List<String> keys) {
        return Multi.createFrom()
                .iterable(keys)
                .onItem()
                .transformToUni(this::look)
                .merge(LOOKS_AT_ONCE)
                .select()
                .where(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList();
    }

    private Uni<Optional<PlannedItem>> look(String key) {
        return Uni.createFrom()
                .item(key)
                .map(DocumentKey::new)
                .chain(store::stat)
                .map(NamedKeys::entry)
                .map(entry -> filter.accepts(entry) ? Optional.of(Planning.item(entry)) : Optional.<PlannedItem>empty())
                .onFailure(StorageException.class)
                .recoverWithUni(failure -> missing(key, (StorageException) failure));
    }

    /** As a listing would tell it: the worker compares ETags, so that a change meanwhile is seen also where versions are kept. */
    private static ListPage.Entry entry(DocumentStat stat) {
        return new ListPage.Entry(
                stat.key(),
                stat.size(),
                stat.modified(),
                Revision.of(stat.revision().etag()));
    }

    private static Uni<Optional<PlannedItem>> missing(String key, StorageException failure) {
        return switch (failure.kind()) {
            case NOT_FOUND -> failed(key, ErrorCode.SOURCE_NOT_FOUND, "The source has no document under this key.");
            case KEY_INVALID -> failed(key, ErrorCode.KEY_INVALID, failure.getMessage());
            case PERMISSION_DENIED -> failed(key, ErrorCode.SOURCE_PERMISSION_DENIED, failure.getMessage());
            default -> Uni.createFrom().failure(failure);
        };
    }

    private static Uni<Optional<PlannedItem>> failed(String key, ErrorCode code, String message) {
        return Uni.createFrom().item(Optional.of(PlannedItem.failed(key, null, code.name(), message)));
    }
}
