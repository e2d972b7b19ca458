package io.hermes.orchestrator.plan;

import io.hermes.contract.event.ErrorCode;
import io.hermes.orchestrator.item.DocumentLists;
import io.hermes.orchestrator.item.PlannedItem;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.StorageException;
import io.hermes.storage.document.DocumentIdentity;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Lists the source of one claimed job and turns each page into items. */
final class Planning {

    private static final int LONGEST_NAME = 2000;

    private final PlanClaim claim;
    private final DocumentStore store;
    private final KeyFilter filter;
    private final WantedDocuments wanted;
    private final DocumentLists lists;
    private final Optional<Recall> recall;
    private final int pageSize;
    private final Circle circle = new Circle();

    Planning(
            PlanClaim claim,
            DocumentStore store,
            WantedDocuments wanted,
            DocumentLists lists,
            Optional<Recall> recall,
            int pageSize) {
        this.claim = claim;
        this.store = store;
        this.filter = new KeyFilter(claim.criteria(), claim.started());
        this.wanted = wanted;
        this.lists = lists;
        this.recall = recall;
        this.pageSize = pageSize;
    }

    /**
     * The page at this token.
     *
     * @param scanned documents that the job holds so far
     */
    Uni<PlannedPage> page(Optional<String> token, long scanned) {
        return selected(token, scanned)
                .chain(page -> recall.map(memory -> memory.of(page))
                        .orElseGet(() -> Uni.createFrom().item(page)));
    }

    private Uni<PlannedPage> selected(Optional<String> token, long scanned) {
        if (claim.documentList().isPresent()) {
            return listedPage(
                    claim.documentList().get(), token.map(Long::parseLong).orElse(-1L));
        }
        if (!claim.documentKeys().isEmpty()) {
            return namedPage(token.map(Integer::parseInt).orElse(0));
        }
        if (selectsByUuid() && wanted.missing().isEmpty()) {
            return Uni.createFrom().item(new PlannedPage(List.of(), Optional.empty(), true));
        }
        return list(new ListRequest(filter.folder(), token, pageSize))
                .chain(page -> selectsByUuid() ? byUuid(page) : Uni.createFrom().item(byCriteria(page, scanned)));
    }

    /** An end at which nothing is listed is what an answer that went wrong looks like too: it is believed when it is given twice. */
    private Uni<ListPage> list(ListRequest request) {
        return store.list(request)
                .chain(page -> isEmptyEnd(page)
                        ? store.list(request)
                        : Uni.createFrom().item(page))
                .invoke(page -> page.next().ifPresent(this::requireNewGround));
    }

    private static boolean isEmptyEnd(ListPage page) {
        return page.entries().isEmpty()
                && page.rejected().isEmpty()
                && page.next().isEmpty();
    }

    private void requireNewGround(String token) {
        if (circle.closesAt(token)) {
            throw new StorageException(
                    ErrorKind.INTERNAL, "list", filter.folder(), "the store lists the same pages again and again");
        }
    }

    /** The token of a page is the number of keys before it. */
    private Uni<PlannedPage> namedPage(int from) {
        int to = Math.min(claim.documentKeys().size(), from + pageSize);
        boolean done = to == claim.documentKeys().size();
        return new NamedKeys(store, filter)
                .look(claim.documentKeys().subList(from, to))
                .map(items -> new PlannedPage(items, done ? Optional.empty() : Optional.of(String.valueOf(to)), done));
    }

    /** The token of a page is the position of the last key before it. */
    private Uni<PlannedPage> listedPage(long list, long after) {
        return lists.page(list, after, pageSize).chain(listed -> {
            boolean done = listed.size() < pageSize;
            Optional<String> next = done
                    ? Optional.empty()
                    : Optional.of(String.valueOf(listed.getLast().position()));
            return new NamedKeys(store, filter)
                    .look(listed.stream().map(DocumentLists.Listed::key).toList())
                    .map(items -> new PlannedPage(items, next, done));
        });
    }

    private boolean selectsByUuid() {
        return !claim.documentUuids().isEmpty();
    }

    private PlannedPage byCriteria(ListPage page, long scanned) {
        List<PlannedItem> items = new ArrayList<>();
        page.entries().stream().filter(filter::accepts).map(Planning::item).forEach(items::add);
        page.rejected().stream()
                .filter(name -> filter.acceptsName(name.name()))
                .map(Planning::rejected)
                .forEach(items::add);
        long room = claim.criteria().limit() == null
                ? Long.MAX_VALUE
                : claim.criteria().limit() - scanned;
        boolean full = items.size() >= room;
        return new PlannedPage(
                full ? items.subList(0, (int) Math.max(0, room)) : items,
                page.next(),
                full || page.next().isEmpty());
    }

    private Uni<PlannedPage> byUuid(ListPage page) {
        List<ListPage.Entry> entries =
                page.entries().stream().filter(filter::accepts).toList();
        return wanted.among(entries).map(hits -> {
            List<PlannedItem> items = new ArrayList<>();
            hits.forEach(hit -> items.add(item(hit.entry(), hit.document())));
            wanted.found(hits.stream().map(WantedDocuments.Hit::document).toList());
            boolean done = page.next().isEmpty() || wanted.missing().isEmpty();
            if (page.next().isEmpty()) {
                wanted.missing().forEach(document -> items.add(notFound(document)));
            }
            return new PlannedPage(items, page.next(), done);
        });
    }

    static PlannedItem item(ListPage.Entry entry) {
        return item(entry, DocumentIdentity.inName(entry.key()).orElse(null));
    }

    private static PlannedItem item(ListPage.Entry entry, UUID document) {
        return PlannedItem.ready(
                entry.key().value(), document, entry.size(), entry.revision().text());
    }

    private static PlannedItem rejected(ListPage.Rejected rejected) {
        String name = printable(rejected.name());
        return PlannedItem.failed(name, null, ErrorCode.KEY_INVALID.name(), printable(rejected.reason()));
    }

    private static PlannedItem notFound(UUID document) {
        return PlannedItem.failed(
                "uuid:" + document,
                document,
                ErrorCode.SOURCE_NOT_FOUND.name(),
                "No document of the source has this UUID, neither in its key, nor in its metadata, nor in its frontmatter.");
    }

    private static String printable(String text) {
        String clean = text.replace('\0', '?');
        return clean.length() <= LONGEST_NAME ? clean : clean.substring(0, LONGEST_NAME);
    }
}
