package io.hermes.storage.s3;

import static io.hermes.storage.s3.ProbeObjects.refused;
import static io.hermes.storage.s3.ProbeTrials.all;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.Revision;
import io.hermes.storage.RevisionPage;
import io.hermes.storage.StorageException;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Whether earlier versions can be relied on: told in order, brought back by taking a delete marker away, kept for ever. */
final class ProbeVersions {

    private static final String HISTORY = "history";
    private static final String RELEASED = "released";
    private static final String KEPT = "kept";

    private final ProbeObjects objects;
    private final S3Bucket folder;

    ProbeVersions(ProbeObjects objects) {
        this.objects = objects;
        this.folder = objects.asBucket();
    }

    /** Within one second, so that times do not help. */
    Uni<Boolean> tellsHistory() {
        S3History history = new S3History(folder, "probe");
        DocumentKey key = new DocumentKey(HISTORY);
        Uni<Boolean> written = objects.put(HISTORY, "one", put -> {})
                .chain(() -> objects.delete(HISTORY, delete -> {}))
                .chain(() -> objects.put(HISTORY, "two", put -> {}))
                .chain(() -> objects.delete(HISTORY, delete -> {}))
                .replaceWith(true);
        Uni<Boolean> atOnce = history.page(key, Optional.empty(), 10)
                .map(page -> deletions(page).equals(List.of(true, false, true, false)));
        Uni<Boolean> paged = history.page(key, Optional.empty(), 1)
                .chain(first -> history.page(key, first.next(), 2)
                        .map(second -> deletions(first).equals(List.of(true))
                                && deletions(second).equals(List.of(false, true))));
        return all(List.of(written, atOnce, paged));
    }

    private static List<Boolean> deletions(RevisionPage page) {
        return page.entries().stream().map(RevisionPage.Entry::deletion).toList();
    }

    /** A marker is put over a revision that was not meant, and must be found out and taken back; then over the right one. */
    Uni<Boolean> undoesDeletion() {
        MarkedDeletion deletion = new MarkedDeletion(folder, (key, revision) -> refusal(key));
        DocumentKey key = new DocumentKey(RELEASED);
        Revision stale = Revision.of(S3Bucket.bare(S3Bucket.NO_ETAG), "none");
        Uni<Boolean> written = objects.put(RELEASED, "released", put -> {}).replaceWith(true);
        Uni<Boolean> undone = refused(deletion.mark(key, stale));
        Uni<Boolean> released = objects.head(RELEASED)
                .chain(head -> deletion.delete(key, S3Bucket.revision(head.eTag(), head.versionId())))
                .replaceWith(true);
        Uni<Boolean> gone = objects.present(RELEASED).map(there -> !there);
        return all(
                List.of(written, undone, objects.present(RELEASED), undone, objects.present(RELEASED), released, gone));
    }

    private static Uni<Void> refusal(DocumentKey key) {
        return Uni.createFrom()
                .failure(() -> StorageException.unsupported("probe", key, "the server checks stale revisions only"));
    }

    Uni<Boolean> keepsForever() {
        return hasObjectLock()
                .chain(locked ->
                        locked ? heldAgainstDeletion() : Uni.createFrom().item(false));
    }

    private Uni<Boolean> hasObjectLock() {
        return objects.ask(() -> folder.s3().getObjectLockConfiguration(get -> get.bucket(folder.name())))
                .map(answer -> answer.objectLockConfiguration() != null
                        && answer.objectLockConfiguration().objectLockEnabled() == ObjectLockEnabled.ENABLED)
                .onFailure(StorageException.is(ErrorKind.NOT_FOUND))
                .recoverWithItem(false);
    }

    private Uni<Boolean> heldAgainstDeletion() {
        return objects.put(KEPT, "kept", put -> {})
                .chain(written -> held(written)
                        .eventually(() -> new S3Holds(folder).lift(objects.key(KEPT), written.versionId())));
    }

    private Uni<Boolean> held(PutObjectResponse written) {
        Revision revision = S3Bucket.revision(written.eTag(), written.versionId());
        Uni<Boolean> held =
                new S3Holds(folder).keepForever(new DocumentKey(KEPT), revision).replaceWith(true);
        Uni<Boolean> refused = objects.delete(KEPT, delete -> delete.versionId(written.versionId()))
                .replaceWith(false)
                .onFailure(StorageException.is(ErrorKind.PERMISSION_DENIED))
                .recoverWithItem(true);
        return all(List.of(held, refused, objects.present(KEPT)));
    }
}
