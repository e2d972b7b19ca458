package io.hermes.worker.copy;

import io.hermes.contract.job.ConflictPolicy;
import io.hermes.storage.Marker;
import java.util.Optional;

/** Who stands under the wanted key, and what follows from it. The decision alone, without any I/O. */
enum Occupant {
    /** An earlier delivery of this very task finished its write: nothing is left but the proof. */
    OUR_COPY,
    /** This item wrote it, from a source revision that is no more: replaced. */
    OUR_OLDER_COPY,
    /** Another item of the same job: two documents claim one key, and no policy decides between them. */
    ANOTHER_ITEM,
    /** A stranger's document, to be compared: the same content makes the copy superfluous. */
    STRANGER_TO_COMPARE,
    /** A stranger's document that the job may replace, in the revision that was seen. */
    STRANGER_TO_REPLACE,
    /** A stranger's document that stays; ours gets a key beside it. */
    STRANGER_TO_KEEP;

    /**
     * @param found the marker of what stands there, if it has one
     * @param ours the marker that this task writes
     */
    static Occupant of(Optional<Marker> found, Marker ours, ConflictPolicy policy) {
        return found.filter(marker -> marker.jobUuid().equals(ours.jobUuid()))
                .map(marker -> ofOurJob(marker, ours))
                .orElseGet(() -> stranger(policy));
    }

    private static Occupant ofOurJob(Marker marker, Marker ours) {
        if (!marker.sameItem(ours)) {
            return ANOTHER_ITEM;
        }
        return marker.sourceRevision().matches(ours.sourceRevision()) ? OUR_COPY : OUR_OLDER_COPY;
    }

    private static Occupant stranger(ConflictPolicy policy) {
        return switch (policy) {
            case SKIP_IDENTICAL -> STRANGER_TO_COMPARE;
            case OVERWRITE -> STRANGER_TO_REPLACE;
            case KEEP_BOTH -> STRANGER_TO_KEEP;
        };
    }
}
