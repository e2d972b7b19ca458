package io.hermes.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.benchmark.measure.Run;
import io.hermes.benchmark.measure.Usage;
import io.hermes.benchmark.place.Contents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Machine MACHINE =
            new Machine(Instant.parse("2026-11-28T00:00:00Z"), 2, "a processor", 8_000_000_000L, "Linux", "25", 0.1);
    private static final Contents MOVED = new Contents(10_000, 248_000_000);

    @Test
    void aRatioAboveOneMeansThatOursIsFaster() {
        assertThat(report(Map.of("hermes", runs(8), "rclone", runs(10))).ratios())
                .isEqualTo("RATIO small-local-s3=1.25 control-plane-docs-per-s=5000");
    }

    @Test
    void withoutAPeerThereIsNoRatio() {
        assertThat(report(Map.of("hermes", runs(8))).ratios())
                .isEqualTo("RATIO small-local-s3=- control-plane-docs-per-s=5000");
    }

    /** The first against the second, whatever their names say of the order. */
    @Test
    void threeWorkersAreComparedWithOneAndWithNoPeer(@TempDir Path folder) throws IOException {
        Report report = report(List.of(
                new Result("small-local-s3", "hermes", "rclone", MOVED, Map.of("hermes", runs(8), "rclone", runs(10))),
                new Result("three-workers", "three", "one", MOVED, Map.of("three", runs(5), "one", runs(12)))));

        report.write(folder);

        assertThat(report.ratios())
                .isEqualTo("RATIO small-local-s3=1.25 three-workers=2.40 control-plane-docs-per-s=5000");
        assertThat(Files.readString(folder.resolve("results.md")))
                .contains("| three-workers | three | 1 | 5.00 | 5.00 – 5.00 | 2000 | 49.60 | 2.40 |")
                .contains("| three-workers | one | 1 | 12.00 | 12.00 – 12.00 | 833 | 20.67 |  |");
    }

    @Test
    void peopleReadRatesCostsAndThatASmokeTestIsOne(@TempDir Path folder) throws IOException {
        report(Map.of("hermes", runs(8), "rclone", runs(10))).write(folder);

        assertThat(Files.readString(folder.resolve("results.md")))
                .contains("A smoke test")
                .contains("| small-local-s3 | hermes | 1 | 8.00 | 8.00 – 8.00 | 1250 | 31.00 | 1.25 |")
                .contains("| small-local-s3 | hermes | worker-1 | 5.00 | 0.50 | 300 |")
                .contains("| hermes | small-local-s3 | 1.01 |")
                .contains("| 100000 | 20.00 | 5000 | 0.35 | 0.10 | 0.20 | 0.00 | 0.05 |")
                .contains("cold, the first job after the start: 20.00 s, ratio 0.50");
        assertThat(Files.readString(folder.resolve("results.json"))).contains("\"2026-11-28T00:00:00Z\"");
    }

    private static Report report(Map<String, List<Run>> runs) {
        return report(List.of(new Result("small-local-s3", "hermes", "rclone", MOVED, runs)));
    }

    private static Report report(List<Result> results) {
        return new Report(
                false,
                MACHINE,
                "rclone v1",
                List.of("rclone copy"),
                20,
                results,
                Map.of("hermes", Map.of("small-local-s3", 1.01)),
                List.of(new Load(
                        100_000,
                        new Run(
                                20,
                                List.of(
                                        new Usage("orchestrator-1", 10, 0),
                                        new Usage("postgres", 20, 0),
                                        new Usage("stand-in", 5, 0))))));
    }

    private static List<Run> runs(double seconds) {
        return List.of(new Run(seconds, List.of(new Usage("worker-1", 5, 300_000_000))));
    }
}
