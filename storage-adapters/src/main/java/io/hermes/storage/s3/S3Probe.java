package io.hermes.storage.s3;

import io.hermes.storage.Feature;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.hermes.storage.ProbeReport.Measured;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** Finds out whether the bucket is there and what its server really does. */
final class S3Probe {

    /** Which step shows which feature. */
    private static final Map<Feature, String> FOUND_BY = Map.of(
            Feature.CONDITIONAL_PUT, "conditional_put",
            Feature.CONDITIONAL_STREAM, "conditional_complete",
            Feature.CONDITIONAL_REPLACE, "conditional_replace",
            Feature.CONDITIONAL_DELETE, "conditional_delete",
            Feature.REFUSES_WRONG_BYTES, "refuses_wrong_bytes",
            Feature.REVISIONS, "versions",
            Feature.TAGS, "tags",
            Feature.USER_METADATA, "user_metadata");

    private final S3Bucket bucket;
    private final HandSigned handSigned;
    private final boolean writable;

    S3Probe(S3Bucket bucket, S3Clients.Lease lease, boolean writable) {
        this.bucket = bucket;
        this.handSigned = new HandSigned(bucket, lease);
        this.writable = writable;
    }

    Uni<ProbeReport> run(ProbeDepth depth) {
        return Uni.createFrom().deferred(() -> {
            ProbeSteps steps = new ProbeSteps();
            return steps.must("reach", "", this::reach)
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
                .onFailure(S3Reads::isVague)
                .recoverWithUni(this::explain);
    }

    private Uni<Boolean> explain() {
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
        return versioning(steps)
                .chain(() -> writable ? writing(steps) : Uni.createFrom().voidItem())
                .map(done -> measured(steps));
    }

    private Uni<Boolean> versioning(ProbeSteps steps) {
        String hint = "The bucket keeps no versions: what is overwritten or deleted is gone.";
        return bucket.config().versioningExpected()
                ? steps.must(
                        "versions", hint + " Enable versioning, or set versioning_enabled to false.", this::versions)
                : steps.may("versions", hint, this::versions);
    }

    private Uni<Boolean> versions() {
        return bucket.ask(
                        "probe", bucket.name(), () -> bucket.s3().getBucketVersioning(get -> get.bucket(bucket.name())))
                .map(answer -> answer.status() == BucketVersioningStatus.ENABLED);
    }

    private Uni<Void> writing(ProbeSteps steps) {
        ProbeTrials trials = new ProbeTrials(new ProbeObjects(bucket), handSigned, steps);
        return trials.run();
    }

    private static Measured measured(ProbeSteps steps) {
        return new Measured(FOUND_BY.entrySet().stream()
                .filter(found -> steps.saw(found.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet()));
    }
}
