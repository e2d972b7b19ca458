package io.hermes.orchestrator.plan;

import io.hermes.orchestrator.item.PlannedItem;
import io.hermes.storage.ListPage;
import io.hermes.storage.document.PathTemplate;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells which documents of a page stand at the destination already, without a request for any of them: an earlier job has proven the copy,
 * the source's listing shows the state that was copied, and the destination's the state that was written. Whatever is in doubt stays an item
 * to be migrated; the worker finds out.
 */
final class Recall {

    private final Function<List<String>, Uni<List<RememberedCopy>>> memory;
    private final DestinationListing destination;
    private final PathTemplate template;

    /** @param memory copies of the documents with these keys of the source */
    Recall(
            Function<List<String>, Uni<List<RememberedCopy>>> memory,
            DestinationListing destination,
            PathTemplate template) {
        this.memory = memory;
        this.destination = destination;
        this.template = template;
    }

    /** The page, in which documents that stand there are told to be identical. */
    Uni<PlannedPage> of(PlannedPage page) {
        Map<String, PlannedItem> open = page.items().stream()
                .filter(PlannedItem::isReady)
                .collect(Collectors.toMap(PlannedItem::key, item -> item, (one, other) -> one));
        if (open.isEmpty()) {
            return Uni.createFrom().item(page);
        }
        return memory.apply(List.copyOf(open.keySet()))
                .map(copies -> copies.stream()
                        .filter(copy -> copy.isOf(open.get(copy.sourceKey())) && copy.belongsThere(template))
                        .toList())
                .chain(copies -> destination
                        .among(copies.stream()
                                .map(RememberedCopy::destKey)
                                .collect(Collectors.toCollection(TreeSet::new)))
                        .map(standing -> identical(page, copies, standing)));
    }

    private static PlannedPage identical(
            PlannedPage page, List<RememberedCopy> copies, Map<String, ListPage.Entry> standing) {
        Map<String, RememberedCopy> known = new HashMap<>();
        copies.stream()
                .filter(copy -> standing.containsKey(copy.destKey()) && copy.standsAs(standing.get(copy.destKey())))
                .forEach(copy -> known.put(copy.sourceKey(), copy));
        List<PlannedItem> items = page.items().stream()
                .map(item -> item.isReady() && known.containsKey(item.key())
                        ? known.get(item.key()).identical(item)
                        : item)
                .toList();
        return new PlannedPage(items, page.next(), page.done());
    }
}
