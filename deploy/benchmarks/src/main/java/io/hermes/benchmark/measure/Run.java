package io.hermes.benchmark.measure;

import java.util.List;

/**
 * One mover's run through one scenario.
 *
 * @param seconds from the order until everything is there, by the wall clock
 * @param costs of every process that took part, the S3 server too
 */
public record Run(double seconds, List<Usage> costs) {

    public Run {
        costs = List.copyOf(costs);
    }

    /** CPU seconds of everything but the server that both movers use. */
    public double cpuSeconds(String server) {
        return costs.stream()
                .filter(cost -> !cost.program().equals(server))
                .mapToDouble(Usage::cpuSeconds)
                .sum();
    }
}
