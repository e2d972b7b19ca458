package io.hermes.storage.s3;

import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** Tries what the store really does. */
final class S3Probe {

    private final S3Bucket bucket;

    S3Probe(S3Bucket bucket, S3Clients.Lease lease, boolean writable) {
        this.bucket = bucket;
    }

    Uni<ProbeReport> run(ProbeDepth depth) {
        long start = System.nanoTime();
        return bucket.ask(
                        "probe",
                        bucket.name(),
                        () -> bucket.s3()
                                .listObjectsV2(list -> list.bucket(bucket.name())
                                        .prefix(bucket.keys().root())
                                        .maxKeys(1)))
                .map(listed -> new ProbeReport.Step(
                        "reach", ProbeReport.Outcome.OK, Duration.ofNanos(System.nanoTime() - start), ""))
                .onFailure()
                .recoverWithItem(failure -> new ProbeReport.Step(
                        "reach",
                        ProbeReport.Outcome.FAILED,
                        Duration.ofNanos(System.nanoTime() - start),
                        failure.getMessage()))
                .map(step -> new ProbeReport(List.of(step), ProbeReport.Measured.NOTHING));
    }
}
