package io.hermes.worker.testing;

import java.util.Map;

/** A small worker that tells its first outcome, and the others an hour later or when it is drained. */
public final class WorkerThatSeldomReports extends SmallWorker {

    @Override
    protected Map<String, String> differences() {
        return Map.of("hermes.worker.report-interval", "1h", "hermes.worker.heartbeat", "1h");
    }
}
