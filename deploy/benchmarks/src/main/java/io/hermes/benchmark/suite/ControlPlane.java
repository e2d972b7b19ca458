package io.hermes.benchmark.suite;

import io.hermes.benchmark.measure.Meter;
import io.hermes.benchmark.measure.Run;
import io.hermes.benchmark.measure.Usage;
import io.hermes.benchmark.place.Place;
import io.hermes.benchmark.suite.Suite.Ended;
import io.hermes.cli.api.ApiFailure;
import io.hermes.stack.StackDescription.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
            double ours = ownCpuSeconds();
            Ended ended = suite.run(job);
            ended.assertAllDone(items);
            List<Usage> costs = new ArrayList<>(meter.read());
            costs.add(new Usage(StandIn.ID, ownCpuSeconds() - ours, 0));
            return new Run(ended.seconds(), costs);
        }
    }

    /** This process has little to do but to answer; its children are the stack. */
    private static double ownCpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(spent -> spent.toMillis() / 1e3)
                .orElse(Double.NaN);
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
