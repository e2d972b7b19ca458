package io.hermes.storage.s3;

import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.s3.FolderAnswer.Listed;
import io.hermes.storage.s3.OpenFolder.Next;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * The same listing as a flat one, in the same order, made of requests for one folder each: a server that keeps
 * folders looks into one folder for one answer, instead of into all below the prefix. The decision is in ADR 0039.
 */
final class FolderListing {

    private static final String NO_SENSE = "the store's listing of a folder makes no sense; it may be listed flat";

    private final S3Bucket bucket;

    /** Once a server had to tell. */
    private volatile Optional<NameOrder> told = Optional.empty();

    FolderListing(S3Bucket bucket) {
        this.bucket = bucket;
    }

    /** @param behind where the page begins, empty for the first */
    Uni<ListPage> list(ListRequest request, Optional<Behind> behind) {
        return Uni.createFrom().deferred(() -> {
            FolderWalk walk = new FolderWalk(bucket.keys(), request, behind);
            FoldersAhead ahead = new FoldersAhead(folder -> ask(request, folder, ListRequest.MAX_LIMIT));
            // Repeated, not chained: no answer deepens the stack.
            return Uni.createFrom()
                    .deferred(() -> step(request, walk, ahead))
                    .repeat()
                    .whilst(more -> more)
                    .collect()
                    .last()
                    .map(ended -> walk.page());
        });
    }

    private Uni<Boolean> step(ListRequest request, FolderWalk walk, FoldersAhead ahead) {
        if (!walk.needsMore()) {
            return Uni.createFrom().item(false);
        }
        OpenFolder folder = walk.folder();
        return ahead.about(folder, walk.upcoming())
                .chain(response -> inOrder(request, folder, response)
                        .invoke(names -> walk.goOn(names, next(request, folder, response, names))))
                .map(names -> walk.needsMore());
    }

    private Uni<ListObjectsV2Response> ask(ListRequest request, OpenFolder folder, int limit) {
        ListObjectsV2Request.Builder list = ListObjectsV2Request.builder()
                .bucket(bucket.name())
                .prefix(folder.name())
                .delimiter(FolderAnswer.DELIMITER)
                .maxKeys(limit)
                .encodingType(EncodingType.URL);
        folder.next().putInto(list);
        return bucket.ask("list", request.prefix(), () -> bucket.s3().listObjectsV2(list.build()));
    }

    private Uni<List<Listed>> inOrder(ListRequest request, OpenFolder folder, ListObjectsV2Response response) {
        FolderAnswer answer = FolderAnswer.of(response, folder.next());
        List<NameOrder> orders = answer.orders(folder.next());
        if (orders.isEmpty() || !answer.isOf(folder.name())) {
            throw ListedObjects.broken(request, NO_SENSE);
        }
        Optional<Integer> parting = orders.size() == 1 ? Optional.empty() : answer.parting();
        int again = response.commonPrefixes().size() - answer.folders().size();
        return parting.map(at -> order(request, folder, answer, at, again))
                .orElseGet(() -> Uni.createFrom().item(orders.getFirst()))
                .map(answer::in);
    }

    /** Two orders fit, and it matters: the server shows which name it has first, by leaving out those behind it. */
    private Uni<NameOrder> order(ListRequest request, OpenFolder folder, FolderAnswer answer, int parting, int again) {
        return told.map(order -> Uni.createFrom().item(order))
                .orElseGet(() -> ask(request, folder, again + parting + 1)
                        .map(shorter -> shownBy(request, FolderAnswer.of(shorter, folder.next()), answer, parting))
                        .invoke(order -> told = Optional.of(order)));
    }

    private static NameOrder shownBy(ListRequest request, FolderAnswer shorter, FolderAnswer answer, int parting) {
        boolean bytes = shorter.names(answer.in(NameOrder.BYTES).get(parting).name());
        boolean units = shorter.names(answer.in(NameOrder.UNITS).get(parting).name());
        if (bytes == units) {
            throw ListedObjects.broken(
                    request, "the store's listing of a folder changed while it was asked for its order");
        }
        return bytes ? NameOrder.BYTES : NameOrder.UNITS;
    }

    private static Optional<Next> next(
            ListRequest request, OpenFolder folder, ListObjectsV2Response response, List<Listed> names) {
        if (!S3Bucket.answered(response.isTruncated(), "IsTruncated")) {
            return Optional.empty();
        }
        Next next = names.isEmpty()
                ? folder.next().at(Optional.ofNullable(response.nextContinuationToken()))
                : Next.behind(names.getLast().behind());
        if (next.equals(folder.next())) {
            throw ListedObjects.leadsNowhere(request);
        }
        return Optional.of(next);
    }
}
