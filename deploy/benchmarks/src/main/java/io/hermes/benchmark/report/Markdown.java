package io.hermes.benchmark.report;

import static io.hermes.benchmark.report.Report.figure;

import io.hermes.benchmark.measure.Medians;
import io.hermes.benchmark.measure.Run;
import io.hermes.benchmark.measure.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The report as a person reads it. */
record Markdown(Report report) {

    private static final double MEGABYTE = 1e6;
    private static final List<String> CONTROL_PLANE = List.of("orchestrator", "postgres", "kafka", "stand-in");

    String text() {
        List<String> lines = new ArrayList<>();
        head(lines);
        speed(lines);
        cost(lines);
        requests(lines);
        controlPlane(lines);
        lines.add("`" + report.ratios() + "`");
        return String.join("\n", lines) + "\n";
    }

    private void head(List<String> lines) {
        Machine machine = report.machine();
        lines.add("# Ours and a peer, in turns");
        lines.add("");
        if (!report.isFull()) {
            lines.add("**A smoke test: fewer documents or pairs than a figure takes.**");
            lines.add("");
        }
        lines.add("%s · %d × %s, %.0f GB · %s · %s · load before: %s"
                .formatted(
                        machine.measuredAt(),
                        machine.processors(),
                        machine.processor(),
                        machine.memoryBytes() / 1e9,
                        machine.system(),
                        machine.java(),
                        figure(machine.loadBefore())));
        lines.add("");
        lines.add("Peer: " + report.peer());
        lines.add("");
        report.commands().forEach(command -> lines.add("    " + command));
        lines.add("");
    }

    private void speed(List<String> lines) {
        lines.add("| scenario | mover | runs | median s | fastest – slowest | documents/s | MB/s | ratio |");
        lines.add("|---|---|---|---|---|---|---|---|");
        for (Result result : report.results()) {
            result.runs().forEach((mover, runs) -> lines.add(speed(result, mover, runs)));
        }
        lines.add("");
        if (!Double.isNaN(report.coldSeconds())) {
            lines.add("Ours cold, the first job after the start: %s s, ratio %s."
                    .formatted(figure(report.coldSeconds()), figure(report.coldRatio())));
            lines.add("");
        }
    }

    private static String speed(Result result, String mover, List<Run> runs) {
        double median = result.seconds(mover);
        double fastest = runs.stream().mapToDouble(Run::seconds).min().orElse(Double.NaN);
        double slowest = runs.stream().mapToDouble(Run::seconds).max().orElse(Double.NaN);
        return row(
                result.scenario(),
                mover,
                Integer.toString(runs.size()),
                figure(median),
                figure(fastest) + " – " + figure(slowest),
                figure(result.moved().documents() / median),
                figure(result.moved().bytes() / MEGABYTE / median),
                mover.equals(result.mover()) ? figure(result.ratio()) : "");
    }

    private void cost(List<String> lines) {
        lines.add("| scenario | mover | program | CPU s | CPU ms a document | peak MB of its largest process |");
        lines.add("|---|---|---|---|---|---|");
        for (Result result : report.results()) {
            result.runs()
                    .forEach((mover, runs) ->
                            programs(runs).forEach(program -> lines.add(cost(result, mover, program, runs))));
        }
        lines.add("");
    }

    private static Stream<String> programs(List<Run> runs) {
        return runs.stream()
                .flatMap(run -> run.costs().stream())
                .map(Usage::program)
                .distinct();
    }

    private static String cost(Result result, String mover, String program, List<Run> runs) {
        double seconds = Medians.of(runs, of(program, Usage::cpuSeconds));
        return row(
                result.scenario(),
                mover,
                program,
                figure(seconds),
                figure(seconds * 1_000 / result.moved().documents()),
                figure(Medians.of(runs, of(program, Usage::peakBytes)) / MEGABYTE));
    }

    private static ToDoubleFunction<Run> of(String program, ToDoubleFunction<Usage> figure) {
        return run -> run.costs().stream()
                .filter(cost -> cost.program().equals(program))
                .mapToDouble(figure)
                .sum();
    }

    private void requests(List<String> lines) {
        if (report.requests().isEmpty()) {
            return;
        }
        lines.add("| mover | scenario | requests to the S3 server for each document |");
        lines.add("|---|---|---|");
        report.requests()
                .forEach((mover, counts) ->
                        counts.forEach((scenario, count) -> lines.add(row(mover, scenario, figure(count)))));
        lines.add("");
    }

    private void controlPlane(List<String> lines) {
        if (report.loads().isEmpty()) {
            return;
        }
        lines.add("| control plane alone, items | seconds | items/s | CPU ms an item | "
                + String.join(" | ", CONTROL_PLANE) + " |");
        lines.add("|---|---|---|---|" + "---|".repeat(CONTROL_PLANE.size()));
        report.loads().forEach(load -> lines.add(load(load)));
        lines.add("");
    }

    private static String load(Load load) {
        Stream<String> whole = Stream.of(
                Integer.toString(load.items()),
                figure(load.run().seconds()),
                figure(load.rate()),
                figure(load.cpuMillis("")));
        Stream<String> parts = CONTROL_PLANE.stream().map(program -> figure(load.cpuMillis(program)));
        return row(Stream.concat(whole, parts).toArray(String[]::new));
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
