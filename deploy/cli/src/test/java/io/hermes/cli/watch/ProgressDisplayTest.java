package io.hermes.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
    private final JsonNode progress = progress();

    private static JsonNode progress() {
        try {
            return new ObjectMapper().readTree("{\"status\": \"completed\", \"total\": 2, \"migrated\": 2}");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void drawsOverOneLineOfATerminal() {
        // Given
        ProgressDisplay display = new ProgressDisplay(out, true, 80);

        // When
        display.show(progress);
        display.show(progress);
        display.note("The orchestrator answers again.");
        display.finish(progress);

        // Then
        assertThat(text().split("\n")).as("lines").hasSize(2);
        assertThat(text().split("\r", -1)).as("drawn").hasSize(5);
        assertThat(text()).contains("\r[###").contains("The orchestrator answers again.\u001b[K\n");
    }

    @Test
    void writesPlainLinesElsewhereAndNotTooMany() {
        // Given
        AtomicLong clock = new AtomicLong();
        ProgressDisplay display = new ProgressDisplay(out, false, 80, clock::get);

        // When shown every second for five minutes, standing still
        for (int second = 0; second <= 300; second++) {
            clock.set(Duration.ofSeconds(second).toNanos());
            display.show(progress);
        }
        display.finish(progress);

        // Then there is a first line, one a minute after it, and the last
        assertThat(text().lines()).hasSize(1 + 4 + 1).containsOnly(new ProgressLine(progress).within(160));
        assertThat(text()).doesNotContain("\r").doesNotContain("\u001b");
    }
}
