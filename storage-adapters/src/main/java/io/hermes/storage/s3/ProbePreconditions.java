package io.hermes.storage.s3;

import static io.hermes.storage.s3.ProbeObjects.FIRST;
import static io.hermes.storage.s3.ProbeObjects.refused;
import static io.hermes.storage.s3.ProbeTrials.all;
import static io.hermes.storage.s3.S3Bucket.NO_ETAG;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;

/** Whether the server checks what it is asked to check: stale preconditions twice, the right one once. */
final class ProbePreconditions {

    private static final String RACE = "race";
    private static final String PARTS = "parts";

    private final ProbeObjects objects;
    private final ProbeSteps steps;

    ProbePreconditions(ProbeObjects objects, ProbeSteps steps) {
        this.objects = objects;
        this.steps = steps;
    }

    /** Refused twice over an object, and won by one of two at once. */
    Uni<Boolean> put() {
        Uni<Boolean> over = refused(objects.put(FIRST, "other", put -> put.ifNoneMatch("*")));
        Uni<Boolean> one = refused(objects.put(RACE, "one", put -> put.ifNoneMatch("*")));
        Uni<Boolean> other = refused(objects.put(RACE, "another", put -> put.ifNoneMatch("*")));
        Uni<Boolean> race = Uni.join()
                .all(one, other)
                .andFailFast()
                .map(lost -> !lost.get(0).equals(lost.get(1)));
        return all(List.of(over, over, race));
    }

    Uni<Boolean> replace() {
        Uni<Boolean> stale = refused(objects.put(FIRST, "stale", put -> put.ifMatch(NO_ETAG)));
        Uni<Boolean> right = accepted(objects.head(FIRST)
                .chain(head -> objects.put(FIRST, "right", put -> put.ifMatch(head.eTag()))));
        return all(List.of(stale, stale, right));
    }

    /** The same where an upload by parts is completed, as far as it holds for one request. */
    Uni<Boolean> complete() {
        List<Uni<Boolean>> trials = new ArrayList<>();
        if (steps.saw("conditional_put")) {
            Uni<Boolean> fresh = accepted(objects.upload(PARTS, "parts", complete -> complete.ifNoneMatch("*")));
            Uni<Boolean> over = refused(objects.upload(PARTS, "other", complete -> complete.ifNoneMatch("*")));
            trials.addAll(List.of(fresh, over, over));
        }
        if (steps.saw("conditional_replace")) {
            Uni<Boolean> stale = refused(objects.upload(FIRST, "stale", complete -> complete.ifMatch(NO_ETAG)));
            Uni<Boolean> right = accepted(objects.head(FIRST)
                    .chain(head -> objects.upload(FIRST, "right", complete -> complete.ifMatch(head.eTag()))));
            trials.addAll(List.of(stale, stale, right));
        }
        return trials.isEmpty() ? Uni.createFrom().item(false) : all(trials);
    }

    Uni<Boolean> delete() {
        Uni<Boolean> fresh = accepted(objects.put(FIRST, "to be deleted", put -> {}));
        Uni<Boolean> stale = refused(objects.delete(FIRST, delete -> delete.ifMatch(NO_ETAG)));
        Uni<Boolean> right = accepted(objects.head(FIRST)
                .chain(head -> objects.delete(FIRST, delete -> delete.ifMatch(head.eTag()))));
        Uni<Boolean> gone = objects.present(FIRST).map(there -> !there);
        return all(List.of(fresh, stale, stale, objects.present(FIRST), right, gone));
    }

    private static Uni<Boolean> accepted(Uni<?> request) {
        return refused(request).map(refused -> !refused);
    }
}
