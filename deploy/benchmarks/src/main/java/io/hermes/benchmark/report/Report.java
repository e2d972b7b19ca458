package io.hermes.benchmark.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything that was measured.
 *
 * @param isFull whether it was the measurement that targets speak of; anything less is a smoke test
 * @param machine where
 * @param peer what the peer says of itself, or that there is none
 * @param commands as a person would type them
 * @param coldSeconds ours, the first job after the start, {@code small-local-s3}; NaN if not measured
 * @param results by scenario
 * @param requests to the S3 server for each document, by mover and scenario
 * @param loads the control plane alone
 */
public record Report(
        boolean isFull,
        Machine machine,
        String peer,
        List<String> commands,
        double coldSeconds,
        List<Result> results,
        Map<String, Map<String, Double>> requests,
        List<Load> loads) {

    private static final String PEER = "rclone";
    private static final String COLD_SCENARIO = "small-local-s3";

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT);

    /** Writes {@code results.json} and {@code results.md}. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        JSON.writeValue(folder.resolve("results.json").toFile(), this);
        Files.writeString(folder.resolve("results.md"), new Markdown(this).text());
    }

    /** The last line of the run: ours against the peer, three workers against one; above 1 the former is faster. */
    public String ratios() {
        String duels = results.stream()
                .map(result -> "%s=%s".formatted(result.scenario(), figure(result.ratio())))
                .collect(Collectors.joining(" "));
        String rate = loads.isEmpty()
                ? ""
                : " control-plane-docs-per-s=" + figure(loads.getLast().rate());
        return "RATIO " + duels + rate;
    }

    /** Ours cold against the peer, which has no warmth. */
    double coldRatio() {
        return result(COLD_SCENARIO)
                .map(warm -> warm.seconds(PEER) / coldSeconds)
                .orElse(Double.NaN);
    }

    private Optional<Result> result(String scenario) {
        return results.stream()
                .filter(result -> result.scenario().equals(scenario))
                .findFirst();
    }

    static String figure(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
    }
}
