package io.hermes.storage.s3;

import static io.hermes.storage.s3.ProbeObjects.FIRST;

import io.hermes.storage.s3.ProbeSteps.Trial;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.List;

/**
 * What a probe tries where it may write, in order. Each trial that protects is run so that a store which ignores it is found out.
 * Whatever happens, a cancellation included, everything is removed again at the end.
 */
final class ProbeTrials {

    private static final String TAGS = "tags";

    private final ProbeObjects objects;
    private final ProbeSteps steps;
    private final ProbeContent content;
    private final ProbePreconditions preconditions;
    private final ProbeVersions versions;
    private final ProbeCleanup cleanup;

    ProbeTrials(ProbeObjects objects, HandSigned handSigned, ProbeSteps steps) {
        this.objects = objects;
        this.steps = steps;
        this.content = new ProbeContent(objects, handSigned);
        this.preconditions = new ProbePreconditions(objects, steps);
        this.versions = new ProbeVersions(objects);
        this.cleanup = new ProbeCleanup(objects, Clock.systemUTC());
    }

    Uni<Void> run() {
        return steps.must("write", () -> objects.put(FIRST, "first", put -> {}).replaceWith(true))
                .chain(written -> written
                        ? readBack().chain(this::tryAll)
                        : Uni.createFrom().voidItem())
                .chain(() -> steps.ought(new Trial(
                        "cleanup",
                        "",
                        "s3:DeleteObject and s3:DeleteObjectVersion, or a bucket without default retention: what the"
                                + " probe wrote below .hermes-probe/ is still there",
                        () -> cleanup.run().replaceWith(true))))
                .onCancellation()
                .invoke(this::cleanUpBehind)
                .replaceWithVoid();
    }

    /** Not awaited: trials go on for as long as a cancellation is held up. What slips through is found by the next run. */
    private void cleanUpBehind() {
        cleanup.run().subscribe().with(done -> {}, failure -> {});
    }

    /** Whoever may only write is told so, and is no failure: a copy into such a store needs no more. */
    private Uni<Boolean> readBack() {
        return steps.ought(new Trial(
                "read_back",
                "The store answers with other bytes than it was given.",
                "s3:GetObject",
                content::comesBack));
    }

    private Uni<Void> tryAll() {
        return Multi.createFrom()
                .iterable(trials())
                .onItem()
                .transformToUniAndConcatenate(trial ->
                        trial.name().equals(TAGS) && objects.needsTags() ? steps.ought(trial) : steps.may(trial))
                .onItem()
                .ignoreAsUni();
    }

    private List<Trial> trials() {
        return List.of(
                new Trial(
                        "user_metadata",
                        "The store loses what is kept with an object; metadata_store cannot be user-metadata.",
                        "s3:GetObject",
                        content::keepsMetadata),
                new Trial(
                        TAGS,
                        "The store keeps no tags that come with an object; metadata_store cannot be s3-tags.",
                        "s3:PutObjectTagging and s3:GetObjectTagging",
                        content::keepsTags),
                new Trial(
                        "checksums",
                        "The store does not keep and check a SHA-256 of its own; ours is kept with the metadata.",
                        "s3:GetObject",
                        content::checksWithSha256),
                new Trial(
                        "refuses_wrong_bytes",
                        "The store accepts bytes that are not those that were signed; copies are read back.",
                        "s3:PutObject",
                        content::refusesWrongBytes),
                new Trial(
                        "refuses_wrong_part",
                        "The store accepts parts that are not those that were signed; copies are read back.",
                        "s3:PutObject and s3:AbortMultipartUpload",
                        content::refusesWrongPart),
                new Trial(
                        "conditional_put",
                        "The store overwrites in spite of If-None-Match; it cannot promise to replace nothing.",
                        "s3:PutObject",
                        preconditions::put),
                new Trial(
                        "conditional_replace",
                        "The store replaces in spite of If-Match, or refuses the right one too.",
                        "s3:PutObject",
                        preconditions::replace),
                new Trial(
                        "conditional_complete",
                        "The store ignores preconditions when an upload by parts is completed; a higher"
                                + " multipart_threshold_mb writes more documents with one request.",
                        "s3:PutObject",
                        preconditions::complete),
                new Trial(
                        "delete",
                        "What is deleted stays; documents can be copied from here, not moved.",
                        "s3:DeleteObject",
                        content::goesAway),
                new Trial(
                        "history",
                        "The store does not tell versions and delete markers in the order in which they came.",
                        "s3:ListBucketVersions",
                        () -> steps.saw("versions") ? versions.tellsHistory() : no()),
                new Trial(
                        "conditional_delete",
                        "The store deletes in spite of If-Match, and without versions nothing can be undone; documents"
                                + " can be copied from here, not moved.",
                        "s3:DeleteObject and, with versions, s3:DeleteObjectVersion",
                        this::conditionalDelete),
                new Trial(
                        "keep_forever",
                        "The bucket was created without object lock; no revision can be kept for ever.",
                        "s3:GetBucketObjectLockConfiguration and s3:PutObjectLegalHold",
                        () -> steps.saw("history") ? versions.keepsForever() : no()));
    }

    /** Checked by the server, or found out and undone by us. */
    private Uni<Boolean> conditionalDelete() {
        return preconditions
                .delete()
                .chain(checked ->
                        checked || !steps.saw("history") ? Uni.createFrom().item(checked) : versions.undoesDeletion());
    }

    private static Uni<Boolean> no() {
        return Uni.createFrom().item(false);
    }

    /** One after another, up to the first that does not hold. */
    static Uni<Boolean> all(List<Uni<Boolean>> trials) {
        Uni<Boolean> held = Uni.createFrom().item(true);
        for (Uni<Boolean> trial : trials) {
            held = held.chain(sofar -> sofar ? trial : no());
        }
        return held;
    }
}
