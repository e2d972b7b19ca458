package io.hermes.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private static final String RUNNING = """
        {"status": "running", "total": 1000, "migrated": 600, "skipped": 15, "failed": 5, "rate": 59.54, "etaSeconds": 206,
         "totalIsFinal": true, "retries": 0, "stalled": false, "statusReason": null,
         "bytes": {"total": 49900000, "transferred": 30940000, "rate": 2600000}}\
        """;

    private static ProgressLine line(String json) throws IOException {
        return new ProgressLine(new ObjectMapper().readTree(json));
    }

    @Test
    void saysHowFarItIsAndHowFast() throws IOException {
        // When
        String line = line(RUNNING).within(160);

        // Then
        assertThat(line)
                .isEqualTo("[##################------------] 620/1000  30.9/49.9 MB  59.5/s  2.6 MB/s  ETA 3 min 26 s"
                        + "  5 failed");
    }

    @Test
    void saysWhyItDoesNotMove() throws IOException {
        // Given
        String waiting = RUNNING.replace("\"statusReason\": null", "\"statusReason\": \"provider_unavailable\"")
                .replace("\"etaSeconds\": 206", "\"etaSeconds\": null")
                .replace("\"retries\": 0", "\"retries\": 31")
                .replace("\"stalled\": false", "\"stalled\": true")
                .replace("\"totalIsFinal\": true", "\"totalIsFinal\": false");

        // When
        String line = line(waiting).within(200);

        // Then
        assertThat(line)
                .contains(" 620/1000+ ", "49.9 MB+", "ETA unknown", "31 retries", "stalled", "provider_unavailable");
    }

    @Test
    void hasNoRateUnlessTheJobIsRunning() throws IOException {
        // Given
        String paused = RUNNING.replace("\"running\"", "\"paused\"");

        // When
        String line = line(paused).within(160);

        // Then
        assertThat(line).contains("620/1000", "paused").doesNotContain("ETA").doesNotContain("/s");
    }

    @Test
    void fitsIntoTheTerminal() throws IOException {
        // When
        String narrow = line(RUNNING).within(60);
        String fitting = line(RUNNING).within(80);

        // Then
        assertThat(narrow).hasSize(60).startsWith("[######----] 620/1000").endsWith("…");
        assertThat(fitting).hasSizeLessThanOrEqualTo(80).endsWith("5 failed");
    }

    @Test
    void drawsAnEmptyBarForAJobWithoutDocumentsYet() throws IOException {
        // When
        String line = line("{\"status\": \"running\", \"total\": 0, \"totalIsFinal\": false}")
                .within(160);

        // Then
        assertThat(line).startsWith("[------------------------------] 0/0+");
    }
}
