package io.hermes.worker.testing;

import java.util.Map;

/** A worker with a single slot, for the one test that ends it. */
public final class WorkerToDrain extends SmallWorker {

    @Override
    protected Map<String, String> differences() {
        return Map.of("hermes.worker.slots", "1");
    }
}
