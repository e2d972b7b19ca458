package io.hermes.orchestrator.validate;

import io.hermes.orchestrator.item.CopiedItems.Listed;
import io.hermes.orchestrator.plan.KeyFilter;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the destination of a comparison, page by page, for documents that no item of the job stands for. */
final class ExtrasPass implements Pass {

    private static final String MESSAGE = "No document of the source belongs to this key of the destination.";
    private static final String DOUBT =
            " Some of the source could not be read, and this may be the counterpart of one of those.";
    private static final int LONGEST_NAME = 2000;

    private final ValidationClaim claim;
    private final DocumentStore store;
    private final Findings findings;
    private final KeyFilter filter;
    private final int pageSize;

    ExtrasPass(ValidationClaim claim, DocumentStore store, Findings findings, int pageSize) {
        this.claim = claim;
        this.store = store;
        this.findings = findings;
        this.filter = new KeyFilter(claim.criteria(), claim.started());
        this.pageSize = pageSize;
    }

    @Override
    public Stage first() {
        return new Stage.Listing(0, Optional.empty());
    }

    @Override
    public Uni<Optional<Stage>> step(Stage stage) {
        return switch (stage) {
            case Stage.Listing listing -> list(listing);
            case Stage.Looking end -> finished();
        };
    }

    private Uni<Optional<Stage>> list(Stage.Listing at) {
        return store.list(new ListRequest(filter.folder(), at.token(), pageSize))
                .chain(page -> {
                    Stage next = page.next().<Stage>map(at::next).orElseGet(() -> new Stage.Looking(0));
                    return findings.extras(claim, wanted(page), claim.unread() ? MESSAGE + DOUBT : MESSAGE, next)
                            .map(tally -> tally.map(known -> next));
                });
    }

    private Uni<Optional<Stage>> finished() {
        return findings.finish(claim, Optional.empty()).replaceWith(Optional.empty());
    }

    /** Also names that cannot be keys: they are there, and the source has nothing of that kind under a key. */
    private List<Listed> wanted(ListPage page) {
        List<Listed> wanted = new ArrayList<>();
        page.entries().stream()
                .filter(entry -> filter.acceptsName(entry.key().value()))
                .map(CopyPass::listed)
                .forEach(wanted::add);
        page.rejected().stream()
                .map(rejected -> printable(rejected.name()))
                .filter(filter::acceptsName)
                .map(name -> new Listed(name, 0, ""))
                .forEach(wanted::add);
        return wanted;
    }

    private static String printable(String name) {
        String clean = name.replace('\0', '?');
        return clean.length() <= LONGEST_NAME ? clean : clean.substring(0, LONGEST_NAME);
    }
}
