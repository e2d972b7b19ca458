package io.hermes.storage.s3;

import io.hermes.storage.Feature;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.ProbeReport.Measured;
import io.smallrye.mutiny.Uni;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds out whether the bucket is there and what its server really does. */
final class S3Probe {

    private final S3Bucket bucket;
    private final S3Clients.Lease lease;
    private final Uploads uploads;
    private final boolean writable;

    S3Probe(S3Bucket bucket, S3Clients.Lease lease, Uploads uploads, boolean writable) {
        this.bucket = bucket;
        this.lease = lease;
        this.uploads = uploads;
        this.writable = writable;
    }

    Uni<ProbeReport> run(ProbeDepth depth) {
        return Uni.createFrom().deferred(() -> {
            ProbeSteps steps = new ProbeSteps();
            return steps.must("reach", this::reach)
                    .chain(there -> there && depth == ProbeDepth.CAPABILITIES ? capabilities(steps) : nothing())
                    .map(measured -> new ProbeReport(steps.steps(), measured));
        });
    }

    private static Uni<Measured> nothing() {
        return Uni.createFrom().item(Measured.NOTHING);
    }

    /** One HEAD; only if the store refuses it, which it does without a word, a listing that tells why. */
    private Uni<Boolean> reach() {
        return bucket.ask("probe", bucket.name(), () -> bucket.s3().headBucket(head -> head.bucket(bucket.name())))
                .replaceWith(true)
                .onFailure(S3Reads.VAGUE)
                .recoverWithUni(this::listed);
    }

    private Uni<Boolean> listed() {
        return bucket.ask(
                        "probe",
                        bucket.name(),
                        () -> bucket.s3()
                                .listObjectsV2(list -> list.bucket(bucket.name())
                                        .prefix(bucket.keys().root())
                                        .maxKeys(1)))
                .replaceWith(true);
    }

    private Uni<Measured> capabilities(ProbeSteps steps) {
        return listing(steps)
                .chain(() -> versioning(steps))
                .chain(() -> writable ? writing(steps) : Uni.createFrom().voidItem())
                .map(done -> measured(steps));
    }

    /** Jobs list their source, and their destination when they look at it again. */
    private Uni<Boolean> listing(ProbeSteps steps) {
        return steps.ought(new ProbeSteps.Trial("list", "", "s3:ListBucket", this::listed));
    }

    private Uni<Boolean> versioning(ProbeSteps steps) {
        String hint = "The bucket keeps no versions: what is overwritten or deleted is gone.";
        String permission = "s3:GetBucketVersioning";
        return bucket.config().versioningExpected()
                ? steps.ought(new ProbeSteps.Trial(
                        "versions",
                        hint + " Enable versioning, or set versioning_enabled to false.",
                        permission,
                        () -> bucket.keepsVersions("probe")))
                : steps.may(new ProbeSteps.Trial("versions", hint, permission, () -> bucket.keepsVersions("probe")));
    }

    private Uni<Void> writing(ProbeSteps steps) {
        ProbeObjects objects = new ProbeObjects(bucket);
        ProbeTrials trials = new ProbeTrials(objects, new HandSigned(bucket, lease), steps);
        return trials.run().chain(() -> sweep(steps));
    }

    /** What the crash of a worker left behind takes room that nobody sees. */
    private Uni<Void> sweep(ProbeSteps steps) {
        return steps.may(new ProbeSteps.Trial(
                        "stale_uploads",
                        "",
                        "s3:ListBucket and s3:AbortMultipartUpload",
                        () -> uploads.sweep().replaceWith(true)))
                .replaceWithVoid();
    }

    private Measured measured(ProbeSteps steps) {
        return new Measured(foundBy().entrySet().stream()
                .filter(found -> found.getValue().stream().allMatch(steps::saw))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Which steps, all of them seen, show which feature. */
    private Map<Feature, List<String>> foundBy() {
        Map<Feature, List<String>> foundBy = new EnumMap<>(Feature.class);
        foundBy.put(Feature.CONDITIONAL_PUT, List.of("conditional_put"));
        foundBy.put(Feature.CONDITIONAL_STREAM, List.of("conditional_complete"));
        foundBy.put(Feature.CONDITIONAL_REPLACE, List.of("conditional_replace"));
        foundBy.put(Feature.CONDITIONAL_DELETE, List.of("conditional_delete"));
        foundBy.put(Feature.REFUSES_WRONG_BYTES, List.of("refuses_wrong_bytes", "refuses_wrong_part"));
        // Whoever may not write is told by the bucket itself; a history of one's own is better evidence.
        foundBy.put(Feature.REVISIONS, writable ? List.of("versions", "history") : List.of("versions"));
        foundBy.put(Feature.KEEP_FOREVER, List.of("keep_forever"));
        foundBy.put(Feature.TAGS, List.of("tags"));
        foundBy.put(Feature.USER_METADATA, List.of("user_metadata"));
        foundBy.put(Feature.CHECKSUMS, List.of("checksums"));
        return foundBy;
    }
}
