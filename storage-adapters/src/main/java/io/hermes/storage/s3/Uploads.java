package io.hermes.storage.s3;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;

/**
 * Begins uploads by parts, finds those of a crashed attempt again and ends those that nobody needs. The decisions are in ADR 0011.
 *
 * <p>An upload belongs to whoever left the note that stands: a second writer of the same document with the same marker takes over the
 * parts and replaces the note, and a first one that turns out to live after all no longer ends an upload whose note is gone.
 */
final class Uploads {

    private static final int GONE = 404;

    private final S3Bucket bucket;
    private final UploadNotes notes;
    private final Clock clock;
    private final AtomicBoolean swept = new AtomicBoolean();

    Uploads(S3Bucket bucket, Clock clock) {
        this.bucket = bucket;
        this.notes = new UploadNotes(bucket);
        this.clock = clock;
    }

    /**
     * An upload on its way.
     *
     * @param plan what it is to bring about
     * @param id what the store calls it
     * @param note ours about it
     * @param kept what an earlier attempt left
     * @param requests that it took so far
     */
    record Open(UploadPlan plan, String id, UploadNote note, KeptParts kept, int requests) {}

    /** Goes on with what an earlier attempt of the same write left at the store, or begins anew. */
    Uni<Open> open(UploadPlan plan) {
        String fingerprint = plan.fingerprint();
        return toItsEnd(sweepOnce()
                .chain(() -> plan.resumable()
                        ? notes.find(plan.object(), fingerprint)
                        : Uni.createFrom().item(Optional.<UploadNote>empty()))
                .chain(note -> note.map(found -> goOn(plan, fingerprint, found))
                        .orElseGet(() -> begin(plan, fingerprint, 0))));
    }

    /** An upload that was begun must be ended, so its beginning goes on even if nobody waits for it any more. */
    private Uni<Open> toItsEnd(Uni<Open> opening) {
        return Uni.createFrom().emitter(waiting -> {
            AtomicBoolean settled = new AtomicBoolean();
            waiting.onTermination(() -> settled.set(true));
            opening.onItem()
                    .call(open ->
                            settled.get() ? abandon(open) : Uni.createFrom().voidItem())
                    .subscribe()
                    .with(waiting::complete, waiting::fail);
        });
    }

    private Uni<Open> begin(UploadPlan plan, String fingerprint, int requests) {
        return bucket.ask("write", plan.key().value(), () -> bucket.s3().createMultipartUpload(plan.create()))
                .chain(created -> note(plan, fingerprint, created.uploadId()))
                .map(note -> new Open(plan, note.uploadId(), note, KeptParts.NONE, requests + 2));
    }

    private Uni<UploadNote> note(UploadPlan plan, String fingerprint, String id) {
        return notes.leave(plan.object(), fingerprint, id)
                .onFailure()
                .call(failure -> abort(plan.object(), id).onFailure().recoverWithNull());
    }

    /** An upload without parts is not worth taking from somebody who may just have begun it. */
    private Uni<Open> goOn(UploadPlan plan, String fingerprint, UploadNote left) {
        return partsOf(left).chain(kept -> kept.isEmpty() ? begin(plan, fingerprint, 3) : takeOver(plan, left, kept));
    }

    private Uni<Open> takeOver(UploadPlan plan, UploadNote left, KeptParts kept) {
        return notes.leave(plan.object(), plan.fingerprint(), left.uploadId())
                .call(() -> notes.remove(left))
                .map(note -> new Open(plan, note.uploadId(), note, kept, 5));
    }

    private Uni<KeptParts> partsOf(UploadNote note) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new Pages(note), Pages::next)
                .whilst(page -> Boolean.TRUE.equals(page.isTruncated()))
                .onItem()
                .<Part>transformToIterable(ListPartsResponse::parts)
                .collect()
                .asList()
                .map(KeptParts::of)
                .onFailure(Uploads::isGone)
                .recoverWithItem(KeptParts.NONE)
                .onFailure()
                .transform(failure -> S3Errors.of("write", note.object(), failure));
    }

    /** Walks through the parts of an upload. */
    private final class Pages {
        private final UploadNote note;
        private Integer last;

        private Pages(UploadNote note) {
            this.note = note;
        }

        private Uni<ListPartsResponse> next() {
            return bucket.raw(() -> bucket.s3()
                            .listParts(list -> list.bucket(bucket.name())
                                    .key(note.object())
                                    .uploadId(note.uploadId())
                                    .partNumberMarker(last)))
                    .invoke(page -> last = page.nextPartNumberMarker());
        }
    }

    /** The document stands. A note that stays all the same is swept later. */
    Uni<Void> done(Open upload) {
        return quietly(notes.remove(upload.note()));
    }

    /**
     * The write failed. While the store is not there, parts that the next attempt can use stay; whatever else happened, they are of no
     * use to anybody.
     */
    Uni<Void> failed(Open upload, Throwable failure) {
        boolean outage = failure instanceof StorageException known
                && known.kind().outage()
                && known.kind().retryable();
        return outage && upload.plan().resumable() ? Uni.createFrom().voidItem() : abandon(upload);
    }

    /** Frees the parts, unless somebody else goes on with them. That this fails changes nothing about the write; the sweep remains. */
    Uni<Void> abandon(Open upload) {
        return quietly(notes.stands(upload.note())
                .chain(ours -> ours ? end(upload.note()) : Uni.createFrom().voidItem()));
    }

    /** Ends uploads of ours, and of nobody else, that were noted longer than the provider's {@code stale_upload_hours} ago. */
    Uni<List<UploadNote>> sweep() {
        return notes.olderThan(clock.instant().minus(bucket.config().staleUploadsAfter()))
                .onItem()
                .call(this::end)
                .collect()
                .asList();
    }

    private Uni<Void> sweepOnce() {
        return swept.compareAndSet(false, true)
                ? quietly(sweep().replaceWithVoid())
                : Uni.createFrom().voidItem();
    }

    /** A part that was still on its way may arrive behind the first word and then stays; S3 asks to look and to say it again. */
    private Uni<Void> end(UploadNote note) {
        return abort(note.object(), note.uploadId())
                .chain(() -> partsOf(note).onFailure(StorageException.class).recoverWithItem(KeptParts.NONE))
                .chain(left -> left.isEmpty() ? Uni.createFrom().voidItem() : abort(note.object(), note.uploadId()))
                .chain(() -> notes.remove(note));
    }

    private Uni<Void> abort(String object, String id) {
        return bucket.raw(() -> bucket.s3()
                        .abortMultipartUpload(
                                abort -> abort.bucket(bucket.name()).key(object).uploadId(id)))
                .replaceWithVoid()
                .onFailure(Uploads::isGone)
                .recoverWithNull()
                .onFailure()
                .transform(failure -> S3Errors.of("write", object, failure));
    }

    private static boolean isGone(Throwable failure) {
        for (Throwable current = failure; current != null; current = current.getCause()) {
            if (current instanceof AwsServiceException answer) {
                return answer.statusCode() == GONE;
            }
        }
        return failure instanceof StorageException known && known.kind() == ErrorKind.NOT_FOUND;
    }

    private static Uni<Void> quietly(Uni<Void> step) {
        return step.onFailure(StorageException.class).recoverWithNull();
    }
}
