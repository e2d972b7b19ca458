package io.hermes.worker.copy;

import io.hermes.contract.event.Compared;
import io.hermes.contract.event.Skipped;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.job.Verify;
import io.hermes.contract.task.CopyTask;
import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.Marker;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.Revision;
import io.hermes.worker.held.HeldTask;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** One copy under way: its two stores, and what is counted until it ends. */
final class Transfer {

    private final CopyTask task;
    private final HeldTask held;
    private final Endpoint source;
    private final Endpoint destination;
    private final long startedNanos;
    private final AtomicInteger requests = new AtomicInteger();
    private final Queue<IntSupplier> readings = new ConcurrentLinkedQueue<>();

    Transfer(CopyTask task, HeldTask held, Endpoint source, Endpoint destination, long startedNanos) {
        this.task = task;
        this.held = held;
        this.source = source;
        this.destination = destination;
        this.startedNanos = startedNanos;
    }

    CopyTask task() {
        return task;
    }

    Endpoint source() {
        return source;
    }

    Endpoint destination() {
        return destination;
    }

    DocumentKey sourceKey() {
        return new DocumentKey(task.source().key());
    }

    Marker marker(Revision pinned) {
        return new Marker(task.ref().jobUuid(), task.ref().itemId(), pinned);
    }

    void requested(int count) {
        requests.addAndGet(count);
    }

    /** A document was opened; what its reading takes counts until the transfer ends. */
    void opened(OpenDocument document) {
        readings.add(document.requests());
    }

    private int requests() {
        return requests.get()
                + readings.stream().mapToInt(IntSupplier::getAsInt).sum();
    }

    /** So many bytes of the source were read, up to this position of it. */
    void read(long count, long position) {
        held.read(count, position);
    }

    TaskEvent succeeded(PinnedSource from, Placement placement, Proof proof, Arrival arrival) {
        return new Succeeded(
                task.ref(),
                placement.uuid(),
                placement.key().value(),
                proof.sourceHash().hex(),
                proof.destinationHash().hex(),
                from.revision().text(),
                arrival.revision().text(),
                arrival.replaced().map(Revision::text).orElse(task.replacedRevision()),
                from.size(),
                millis(),
                requests(),
                proof.how(),
                arrival.recovered(),
                arrival.metadataLoss());
    }

    TaskEvent equal(
            PinnedSource from, Placement placement, ContentHash both, DocumentStat found, List<String> differences) {
        return compared(from, placement, both, Optional.of(both), Optional.of(found), differences);
    }

    TaskEvent different(
            PinnedSource from, Placement placement, ContentHash here, ContentHash there, DocumentStat found) {
        return compared(from, placement, here, Optional.of(there), Optional.of(found), List.of());
    }

    TaskEvent missing(PinnedSource from, Placement placement, ContentHash here) {
        return compared(from, placement, here, Optional.empty(), Optional.empty(), List.of());
    }

    private TaskEvent compared(
            PinnedSource from,
            Placement placement,
            ContentHash here,
            Optional<ContentHash> there,
            Optional<DocumentStat> found,
            List<String> differences) {
        return new Compared(
                task.ref(),
                placement.uuid(),
                placement.key().value(),
                here.hex(),
                there.map(ContentHash::hex).orElse(null),
                from.revision().text(),
                found.map(stat -> stat.revision().text()).orElse(null),
                from.size(),
                found.map(DocumentStat::size).orElse(null),
                millis(),
                requests(),
                differences);
    }

    TaskEvent excluded(PinnedSource from, UUID uuid) {
        return skipped(Skipped.Reason.EXCLUDED, from, uuid, Optional.empty(), Optional.empty(), Optional.empty());
    }

    TaskEvent identical(PinnedSource from, Placement placement, ContentHash both, Revision found) {
        return skipped(
                Skipped.Reason.IDENTICAL,
                from,
                placement.uuid(),
                Optional.of(placement.key()),
                Optional.of(both),
                Optional.of(found));
    }

    TaskEvent rehearsed(PinnedSource from, Placement placement, Optional<Revision> found) {
        return skipped(
                Skipped.Reason.DRY_RUN, from, placement.uuid(), Optional.of(placement.key()), Optional.empty(), found);
    }

    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    }

    /** @param both hash of source and destination alike, where both were read */
    private TaskEvent skipped(
            Skipped.Reason reason,
            PinnedSource from,
            UUID uuid,
            Optional<DocumentKey> key,
            Optional<ContentHash> both,
            Optional<Revision> found) {
        return new Skipped(
                task.ref(),
                reason,
                uuid,
                key.map(DocumentKey::value).orElse(null),
                both.or(from::knownHash).map(ContentHash::hex).orElse(null),
                both.map(ContentHash::hex).orElse(null),
                from.revision().text(),
                found.map(Revision::text).orElse(null),
                from.size(),
                millis(),
                requests());
    }

    /**
     * How the document came to stand at the destination.
     *
     * @param revision its state there
     * @param replaced what it replaced
     * @param recovered an earlier delivery had written it
     * @param metadataLoss what the store could not hold
     */
    record Arrival(Revision revision, Optional<Revision> replaced, boolean recovered, List<String> metadataLoss) {}

    /**
     * What the two hashes are, and how the second was learnt.
     *
     * @param sourceHash of the bytes read
     * @param destinationHash of the bytes that the destination accepted or returned
     * @param how which of the two
     */
    record Proof(ContentHash sourceHash, ContentHash destinationHash, Verify how) {}
}
