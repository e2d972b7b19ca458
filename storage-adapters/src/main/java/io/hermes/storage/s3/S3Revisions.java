package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.RevisionPage;
import io.hermes.storage.RevisionRequest;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** The history of one document, page by page. A token is the version id of the last state that was shown. */
final class S3Revisions {

    private static final int LONGEST_PAGE = 1000;

    private final S3History history;

    S3Revisions(S3Bucket bucket) {
        this.history = new S3History(bucket, "revisions");
    }

    Uni<RevisionPage> revisions(RevisionRequest request) {
        return Uni.createFrom()
                .deferred(() -> history.page(request.key(), request.token(), request.limit()))
                .chain(page -> confirmed(request, page));
    }

    /** A store that no longer knows the token's version may go on behind the whole document, as if its history had ended there. */
    private Uni<RevisionPage> confirmed(RevisionRequest request, RevisionPage page) {
        if (request.token().isEmpty() || !page.entries().isEmpty()) {
            return Uni.createFrom().item(page);
        }
        return knows(request.key(), request.token().get(), Optional.empty()).map(known -> {
            if (!known) {
                throw new StorageException(
                        ErrorKind.CHANGED,
                        "revisions",
                        request.key().value(),
                        "the version at which the last page ended is gone; begin again");
            }
            return page;
        });
    }

    private Uni<Boolean> knows(DocumentKey key, String version, Optional<String> behind) {
        return history.page(key, behind, LONGEST_PAGE).chain(page -> {
            boolean found = page.entries().stream()
                    .anyMatch(entry -> entry.revision().version().equals(Optional.of(version)));
            return found || page.next().isEmpty() ? Uni.createFrom().item(found) : knows(key, version, page.next());
        });
    }
}
