package io.hermes.orchestrator.project;

import io.hermes.contract.event.Succeeded;
import io.hermes.orchestrator.item.Item;
import io.hermes.orchestrator.state.LockedJob;
import java.util.Comparator;
import java.util.UUID;

/** A row of {@code document_copies}: what stands where because of us. Ordered by the key of its table. */
record DocumentCopy(
        UUID source,
        String sourceKey,
        String sourceRevision,
        UUID destination,
        String destKey,
        String destRevision,
        UUID documentUuid,
        String sha256,
        long size,
        long jobId)
        implements Comparable<DocumentCopy> {

    private static final Comparator<DocumentCopy> BY_KEY = Comparator.comparing(DocumentCopy::source)
            .thenComparing(DocumentCopy::destination)
            .thenComparing(DocumentCopy::sourceKey)
            .thenComparing(DocumentCopy::destKey);

    static DocumentCopy of(LockedJob job, Item item, Succeeded event) {
        return new DocumentCopy(
                job.terms().source(),
                item.sourceKey(),
                Text.storable(event.sourceRevision()),
                job.terms().destination(),
                Text.storable(event.destKey()),
                Text.storable(event.destRevision()),
                event.documentUuid(),
                event.sourceHash(),
                event.bytes(),
                job.id());
    }

    @Override
    public int compareTo(DocumentCopy other) {
        return BY_KEY.compare(this, other);
    }
}
