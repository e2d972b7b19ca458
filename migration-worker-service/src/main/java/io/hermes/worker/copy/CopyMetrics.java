package io.hermes.worker.copy;

import io.hermes.contract.event.Compared;
import io.hermes.contract.event.Deferred;
import io.hermes.contract.event.Failed;
import io.hermes.contract.event.Released;
import io.hermes.contract.event.Skipped;
import io.hermes.contract.event.Started;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.event.TaskEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What this worker did since it started. Labels are words from closed sets, never ids. */
@Singleton
final class CopyMetrics {

    private final MeterRegistry meters;
    private final Counter bytes;
    private final DistributionSummary requests;

    CopyMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.bytes = Counter.builder("hermes.migration.bytes")
                .description("bytes of documents whose copy was proven")
                .tag("direction", "written")
                .register(meters);
        this.requests = DistributionSummary.builder("hermes.migration.requests")
                .description("requests to both stores that a proven copy took")
                .register(meters);
    }

    void count(TaskEvent event) {
        switch (event) {
            case Succeeded done -> succeeded(done);
            case Compared compared -> outcome("compared", finding(compared));
            case Skipped skipped -> outcome("skipped", skipped.reason().word());
            case Failed failed -> outcome("failed", failed.code().name());
            case Deferred deferred -> outcome("deferred", deferred.reason().word());
            case Started none -> {}
            case Released none -> {}
        }
    }

    private void succeeded(Succeeded done) {
        outcome("succeeded", done.recovered() ? "recovered" : done.verify().word());
        bytes.increment(done.bytes());
        requests.record(done.requests());
    }

    private static String finding(Compared compared) {
        if (compared.destHash() == null) {
            return "missing";
        }
        return compared.destHash().equals(compared.sourceHash()) ? "equal" : "different";
    }

    private void outcome(String outcome, String reason) {
        meters.counter("hermes.migration.outcomes", "outcome", outcome, "reason", reason)
                .increment();
    }
}
