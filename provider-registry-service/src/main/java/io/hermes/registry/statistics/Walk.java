package io.hermes.registry.statistics;

import io.hermes.registry.provider.Tally;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.ListPage;
import io.hermes.storage.ListRequest;
import io.hermes.storage.StorageException;
import java.util.Optional;

/** How far a scan has come in a listing. Used by one page after the other. */
final class Walk {

    private final Tally tally = new Tally();
    private ListRequest next = ListRequest.everything();
    private boolean ended;

    ListRequest next() {
        return next;
    }

    Tally tally() {
        return tally;
    }

    /** Whether there is another page. */
    boolean goesOn() {
        return !ended;
    }

    void took(ListPage page) {
        Optional<String> before = next.token();
        if (page.next().isPresent() && page.next().equals(before)) {
            throw new StorageException(ErrorKind.INTERNAL, "list", "", "the listing does not come on");
        }
        tally.add(page);
        page.next().ifPresentOrElse(token -> next = next.after(token), () -> ended = true);
    }
}
