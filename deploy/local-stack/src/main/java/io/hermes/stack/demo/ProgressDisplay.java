package io.hermes.stack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Shows how far the job is: a bar that is drawn over on a terminal, a line now and then elsewhere. */
final class ProgressDisplay {

    private static final int WIDTH = 30;
    private static final long LINE_EVERY = Duration.ofMillis(2_500).toNanos();
    private static final double MEGABYTE = 1e6;
    private static final String CLEAR_REST_OF_LINE = "\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private long lastLine = System.nanoTime();

    ProgressDisplay(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** @param progress answer of the progress endpoint */
    void show(JsonNode progress) {
        if (terminal) {
            out.print("\r" + line(progress) + CLEAR_REST_OF_LINE);
            out.flush();
        } else if (System.nanoTime() - lastLine >= LINE_EVERY) {
            lastLine = System.nanoTime();
            out.println(line(progress));
        }
    }

    /** The last line has no rate: the summary tells the whole run's. */
    void finish(JsonNode progress) {
        out.println(terminal ? "\r" + counts(progress) + CLEAR_REST_OF_LINE : counts(progress));
    }

    static String line(JsonNode progress) {
        return String.format(
                Locale.ROOT,
                "%s  %.1f documents/s  %.1f MB/s  ETA %s",
                counts(progress),
                progress.path("rate").asDouble(),
                progress.path("bytes").path("rate").asDouble() / MEGABYTE,
                eta(progress.path("etaSeconds")));
    }

    private static String counts(JsonNode progress) {
        long total = progress.path("total").asLong();
        long failed = progress.path("failed").asLong();
        long done =
                progress.path("migrated").asLong() + progress.path("skipped").asLong() + failed;
        return String.format(Locale.ROOT, "  %s %d/%d  %d failed", bar(done, total), done, total, failed);
    }

    private static String bar(long done, long total) {
        int filled = total == 0 ? 0 : (int) Math.min(WIDTH, done * WIDTH / total);
        return "[" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "]";
    }

    private static String eta(JsonNode seconds) {
        return seconds.isNumber() ? seconds.asLong() + " s" : "?";
    }
}
