package io.hermes.benchmark.suite;

import io.hermes.benchmark.measure.Meter;
import io.hermes.benchmark.measure.Run;
import io.hermes.benchmark.place.Place;
import io.hermes.benchmark.suite.Suite.Ended;
import io.hermes.cli.api.ApiFailure;
import io.hermes.stack.StackDescription.Node;
import java.io.IOException;

/**
 * Planning, dispatch, relay and projection without the moving: the workers are stopped, and somebody else answers for them at once. They
 * stay stopped, so nothing can be measured on this stack afterwards.
 */
public record ControlPlane(Suite suite) {

    /**
     * Runs a job over empty documents.
     *
     * @param arrived what a worker would have made of them, for the look at the destination
     */
    public Run run(Place documents, Place arrived, int items) throws ApiFailure, InterruptedException, IOException {
        stopWorkers();
        String job = suite.create(suite.register(documents, false, "none"), suite.register(arrived, true, "none"));
        try (StandIn worker = new StandIn(suite.stack().kafka().bootstrapServers())) {
            Meter meter = Meter.on(suite.processes());
            Ended ended = suite.run(job);
            ended.assertAllDone(items);
            return new Run(ended.seconds(), meter.read());
        }
    }

    private void stopWorkers() throws IOException, InterruptedException {
        for (Node worker : suite.stack().workers()) {
            int code = new ProcessBuilder("kill", "-STOP", Long.toString(worker.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException("a worker cannot be stopped");
            }
        }
    }
}
