package io.hermes.worker.copy;

import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.task.SourceDocument;
import io.hermes.storage.DocumentContent;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.OpenDocument;
import io.hermes.storage.ReadRequest;
import io.hermes.storage.Revision;
import io.hermes.storage.StorageException;
import io.hermes.storage.document.Frontmatter;
import io.hermes.worker.budget.ByteBudget;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Function;

/** Opens the source, pins its revision, and holds the memory that the document needs for as long as it is being copied. */
@Singleton
final class SourceReading {

    /** A document that outgrows every reservation is not at rest. */
    private static final int MOST_RESERVATIONS = 3;

    private final ByteBudget budget;

    SourceReading(ByteBudget budget) {
        this.budget = budget;
    }

    /** Runs the copy with the source open and pinned. */
    <T> Uni<T> reading(Transfer transfer, MemoryNeed need, Function<PinnedSource, Uni<T>> copy) {
        Long listed = transfer.task().source().sizeBytes();
        long expected = listed == null ? need.wholeLimit() : listed;
        return reading(new Reservation<>(transfer, need, expected, 1), copy);
    }

    private <T> Uni<T> reading(Reservation<T> reservation, Function<PinnedSource, Uni<T>> copy) {
        return budget.holding(reservation.bytes(), () -> attempt(reservation, copy))
                .onFailure(Outgrown.class)
                .recoverWithUni(outgrown -> reading(reservation.larger((Outgrown) outgrown), copy));
    }

    private <T> Uni<T> attempt(Reservation<T> reservation, Function<PinnedSource, Uni<T>> copy) {
        Transfer transfer = reservation.transfer();
        long whole = Math.min(reservation.need().wholeLimit(), reservation.bytes());
        return transfer.source()
                .calling(transfer.source().store().read(ReadRequest.latest(transfer.sourceKey(), whole)))
                .invoke(transfer::opened)
                .invoke(document -> requireListedSize(transfer, document))
                .invoke(reservation::requireRoomFor)
                .call(document -> confirmChange(transfer, document))
                .chain(document -> pin(transfer, document))
                .chain(source -> copy.apply(source));
    }

    /**
     * A server or a proxy that sends fewer bytes and says so has sent nothing wrong on the wire. The listing is a second witness: the
     * state that it named has the size that it named.
     */
    private static void requireListedSize(Transfer transfer, OpenDocument document) {
        SourceDocument listed = transfer.task().source();
        DocumentStat stat = document.stat();
        boolean sameState = listed.revision() != null
                && listed.sizeBytes() != null
                && Revision.parse(listed.revision()).matches(stat.revision());
        if (sameState && listed.sizeBytes() != stat.size()) {
            document.discard().run();
            throw StoreFailure.of(
                    transfer.source().side(),
                    new StorageException(
                            ErrorKind.CONTENT_MISMATCH, "read", stat.key().value(), "another size than was listed"));
        }
    }

    /**
     * Another state than was listed may be the document's new one, or what a cache has kept, or another document altogether. That is
     * asked of the store in another way: both answers must agree. The body waits meanwhile.
     */
    private static Uni<Void> confirmChange(Transfer transfer, OpenDocument document) {
        String listed = transfer.task().source().revision();
        DocumentStat stat = document.stat();
        if (listed == null || Revision.parse(listed).matches(stat.revision())) {
            return Uni.createFrom().voidItem();
        }
        return transfer.source()
                .calling(transfer.source().store().stat(transfer.sourceKey()))
                .invoke(() -> transfer.requested(1))
                .invoke(standing -> requireSame(transfer, stat, standing))
                .onFailure()
                .invoke(() -> document.discard().run())
                .onCancellation()
                .invoke(() -> document.discard().run())
                .replaceWithVoid();
    }

    private static void requireSame(Transfer transfer, DocumentStat read, DocumentStat standing) {
        if (!standing.revision().matches(read.revision())) {
            throw StoreFailure.of(
                    transfer.source().side(),
                    new StorageException(
                            ErrorKind.CHANGED, "read", read.key().value(), "another state than stands at the store"));
        }
    }

    private static Uni<PinnedSource> pin(Transfer transfer, OpenDocument document) {
        return switch (document.content()) {
            case DocumentContent.Whole whole ->
                offTheEventLoop(Uni.createFrom().item(() -> inMemory(transfer, document.stat(), whole)));
            case DocumentContent.Streamed stream ->
                transfer.source()
                        .calling(headOf(stream.bytes()))
                        .map(head -> PinnedSource.flowing(transfer, document.stat(), Frontmatter.read(head)));
        };
    }

    /** The stores' own threads, on which documents mostly arrive, may take their time, and another thread would only cost more. */
    private static <T> Uni<T> offTheEventLoop(Uni<T> work) {
        return Infrastructure.canCallerThreadBeBlocked()
                ? work
                : work.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** Hashing a whole document takes a while. */
    private static PinnedSource inMemory(Transfer transfer, DocumentStat stat, DocumentContent.Whole whole) {
        transfer.read(whole.size(), whole.size());
        DocumentMetadata frontmatter = Frontmatter.read(whole.bytes());
        return PinnedSource.inMemory(transfer, stat, frontmatter, whole);
    }

    /** The first bytes, as far as frontmatter may reach; the rest of the stream is cancelled. */
    private static Uni<ByteBuffer> headOf(Multi<ByteBuffer> bytes) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        return bytes.onItem()
                .invoke(buffer -> append(head, buffer.duplicate()))
                .select()
                .first(buffer -> head.size() < Frontmatter.MAX_BYTES)
                .onItem()
                .ignoreAsUni()
                .map(end -> ByteBuffer.wrap(head.toByteArray()));
    }

    private static void append(ByteArrayOutputStream head, ByteBuffer buffer) {
        byte[] bytes = new byte[Math.min(buffer.remaining(), Frontmatter.MAX_BYTES - head.size())];
        buffer.get(bytes);
        head.writeBytes(bytes);
    }

    private record Reservation<T>(Transfer transfer, MemoryNeed need, long expected, int attempt) {

        long bytes() {
            return need.of(expected);
        }

        void requireRoomFor(OpenDocument document) {
            long size = document.stat().size();
            if (need.of(size) > bytes()) {
                document.discard().run();
                throw new Outgrown(size);
            }
        }

        Reservation<T> larger(Outgrown outgrown) {
            if (attempt == MOST_RESERVATIONS) {
                throw new CopyRefused(ErrorCode.SOURCE_CHANGED, ErrorCode.SOURCE_CHANGED.hint());
            }
            return new Reservation<>(transfer, need, outgrown.size, attempt + 1);
        }
    }

    /** The document is larger than what was reserved for it: free that, and come back for more. */
    private static final class Outgrown extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final long size;

        Outgrown(long size) {
            super(null, null, false, false);
            this.size = size;
        }
    }
}
