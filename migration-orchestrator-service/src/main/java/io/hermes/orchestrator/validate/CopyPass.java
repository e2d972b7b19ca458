package io.hermes.orchestrator.validate;

import io.hermes.contract.event.ErrorCode;
import io.hermes.orchestrator.item.CopiedItem;
import io.hermes.orchestrator.item.CopiedItems.Listed;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * Whether what a job has copied stands at its destination, in the size and at the revision that were written. Few documents are looked at
 * one by one. For many the destination is listed, as long as that takes fewer requests than looking at what is outstanding, and only what
 * a listing did not show as written is looked at by itself: a listing may trail behind.
 */
final class CopyPass implements Pass {

    private static final int LOOKS_AT_ONCE = 8;

    /** Before what was found is written, and a pause noticed. Few, since a store with limits may be asked once or twice a second only. */
    private static final int LOOKS = 2 * LOOKS_AT_ONCE;

    private final ValidationClaim claim;
    private final DocumentStore store;
    private final Findings findings;
    private final long listAbove;
    private final int pageSize;

    /** @param listAbove documents up to which each is looked at by itself */
    CopyPass(ValidationClaim claim, DocumentStore store, Findings findings, long listAbove, int pageSize) {
        this.claim = claim;
        this.store = store;
        this.findings = findings;
        this.listAbove = listAbove;
        this.pageSize = pageSize;
    }

    @Override
    public Stage first() {
        return claim.migrated() > listAbove ? new Stage.Listing(0, Optional.empty()) : new Stage.Looking(0);
    }

    @Override
    public Uni<Optional<Stage>> step(Stage stage) {
        return switch (stage) {
            case Stage.Listing listing -> list(listing);
            case Stage.Looking looking -> look(looking);
        };
    }

    private Uni<Optional<Stage>> list(Stage.Listing at) {
        return store.list(new ListRequest("", at.token(), pageSize))
                .map(Optional::of)
                .onFailure(CopyPass::refusesToList)
                .recoverWithItem(Optional.empty())
                .chain(page -> page.map(known -> listed(at, known))
                        .orElseGet(() -> Uni.createFrom().item(Optional.of(new Stage.Looking(0)))));
    }

    private Uni<Optional<Stage>> listed(Stage.Listing at, ListPage page) {
        Stage next = page.next().<Stage>map(at::next).orElseGet(() -> new Stage.Looking(0));
        return findings.listed(claim, documents(page), next)
                .chain(tally -> tally.isEmpty() ? over() : goOn(tally.get(), worthIt(at, tally.get(), next)));
    }

    /** A destination that holds far more than this job brought costs more to list than to ask. */
    private static Stage worthIt(Stage.Listing at, Tally tally, Stage next) {
        return at.pages() < tally.outstanding() ? next : new Stage.Looking(0);
    }

    private Uni<Optional<Stage>> look(Stage.Looking at) {
        return findings.unlooked(claim, at.after(), LOOKS).chain(items -> items.isEmpty() ? finished() : lookAt(items));
    }

    private Uni<Optional<Stage>> lookAt(List<CopiedItem> items) {
        Stage next = new Stage.Looking(items.getLast().id());
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUni(this::errorOf)
                .merge(LOOKS_AT_ONCE)
                .select()
                .where(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList()
                .chain(errors -> findings.looked(
                        claim, items.stream().map(CopiedItem::id).toList(), errors, next))
                .chain(tally -> tally.isEmpty() ? over() : goOn(tally.get(), next));
    }

    private Uni<Optional<Stage>> goOn(Tally tally, Stage next) {
        return tally.outstanding() == 0 ? finished() : Uni.createFrom().item(Optional.of(next));
    }

    private Uni<Optional<Stage>> finished() {
        return findings.finish(claim, Optional.empty()).chain(CopyPass::over);
    }

    private static Uni<Optional<Stage>> over() {
        return Uni.createFrom().item(Optional.empty());
    }

    private Uni<Optional<ValidationError>> errorOf(CopiedItem item) {
        return store.stat(new DocumentKey(item.destKey()))
                .map(stat -> differenceOf(item, stat))
                .onFailure(CopyPass::isAboutThisDocument)
                .recoverWithItem(failure -> Optional.of(notSeen(item, (StorageException) failure)));
    }

    private static Optional<ValidationError> differenceOf(CopiedItem item, DocumentStat stat) {
        String wrote = item.destRevision() == null ? "" : item.destRevision();
        boolean told = !wrote.isEmpty() && !stat.revision().etag().isEmpty();
        boolean same = !told || Revision.parse(wrote).matches(stat.revision());
        return same && stat.size() == item.size()
                ? Optional.empty()
                : Optional.of(new ValidationError(
                        item.id(),
                        item.destKey(),
                        ErrorCode.DEST_CHANGED,
                        "Size %d at revision %s instead of size %d at revision %s."
                                .formatted(stat.size(), stat.revision().text(), item.size(), wrote)));
    }

    private static ValidationError notSeen(CopiedItem item, StorageException failure) {
        return failure.kind() == ErrorKind.NOT_FOUND
                ? new ValidationError(
                        item.id(), item.destKey(), ErrorCode.DEST_NOT_FOUND, "No document under this key.")
                : new ValidationError(
                        item.id(),
                        item.destKey(),
                        ErrorCode.DEST_PERMISSION_DENIED,
                        "The credentials may not look at this key.");
    }

    private static boolean isAboutThisDocument(Throwable failure) {
        return failure instanceof StorageException storage
                && (storage.kind() == ErrorKind.NOT_FOUND || storage.kind() == ErrorKind.PERMISSION_DENIED);
    }

    /** Credentials may be allowed to write and look at documents, and not to list. */
    private static boolean refusesToList(Throwable failure) {
        return failure instanceof StorageException storage
                && (storage.kind() == ErrorKind.UNSUPPORTED || storage.kind() == ErrorKind.PERMISSION_DENIED);
    }

    private static List<Listed> documents(ListPage page) {
        return page.entries().stream().map(CopyPass::listed).toList();
    }

    static Listed listed(ListPage.Entry entry) {
        return new Listed(entry.key().value(), entry.size(), entry.revision().etag());
    }
}
