package io.hermes.orchestrator.plan;

import io.hermes.orchestrator.item.PlannedItem;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.ListPage;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.hermes.storage.document.PathTemplate;
import java.time.Instant;
import java.util.UUID;

/** A proven copy of an earlier job: which state of a document was written where, and what that became there. */
record RememberedCopy(
        String sourceKey,
        String sourceRevision,
        String destKey,
        String destRevision,
        UUID documentUuid,
        String sha256,
        long size) {

    /** Whether the source shows the state that was copied. */
    boolean isOf(PlannedItem listed) {
        return sourceKey.equals(listed.key()) && size == listed.size() && isSame(sourceRevision, listed.revision());
    }

    /** Whether the destination shows what was written. */
    boolean standsAs(ListPage.Entry listed) {
        return size == listed.size() && isSame(destRevision, listed.revision().text());
    }

    /** Whether the document would go to the same key today, as far as that can be said without its metadata. */
    boolean belongsThere(PathTemplate template) {
        try {
            return documentUuid != null
                    && template.render(documentUuid, new DocumentKey(sourceKey), DocumentMetadata.NONE, Instant.EPOCH)
                            .value()
                            .equals(destKey);
        } catch (StorageException noKey) {
            return false;
        }
    }

    /** The item of a document that nobody has to move. */
    PlannedItem identical(PlannedItem listed) {
        return PlannedItem.identical(
                listed.key(),
                documentUuid,
                size,
                listed.revision(),
                new PlannedItem.Copy(destKey, destRevision, sha256));
    }

    /** A listing that tells no state tells nothing. */
    private static boolean isSame(String remembered, String listed) {
        Revision seen = Revision.parse(listed);
        return !seen.etag().isEmpty() && Revision.parse(remembered).matches(seen);
    }
}
