package io.hermes.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Shows how far a job is: a line that is drawn over on a terminal, elsewhere a line now and then. */
public final class ProgressDisplay {

    private static final long LINE_EVERY = Duration.ofSeconds(3).toNanos();
    /** A job that stands still for hours shall not fill a log. */
    private static final long SAME_LINE_EVERY = Duration.ofMinutes(1).toNanos();

    private static final String CLEAR_REST_OF_LINE = "\u001b[K";
    private static final int WIDTH_OF_A_LOG = 160;

    private final PrintStream out;
    private final boolean terminal;
    private final int columns;
    private final LongSupplier nanoTime;
    private String last = "";
    private long lastAt;

    /**
     * Writes to this stream.
     *
     * @param terminal whether it is one, so that a line can be drawn over
     * @param columns width of the terminal
     */
    public ProgressDisplay(PrintStream out, boolean terminal, int columns) {
        this(out, terminal, columns, System::nanoTime);
    }

    ProgressDisplay(PrintStream out, boolean terminal, int columns, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.columns = columns;
        this.nanoTime = nanoTime;
        this.lastAt = nanoTime.getAsLong();
    }

    /** Draws an answer of the progress endpoint, unless it is too soon. */
    public void show(JsonNode progress) {
        String line = line(progress);
        long since = nanoTime.getAsLong() - lastAt;
        if (terminal) {
            draw(line, "");
        } else if (since >= (line.equals(last) ? SAME_LINE_EVERY : LINE_EVERY)) {
            lastAt = nanoTime.getAsLong();
            out.println(line);
        } else {
            return;
        }
        last = line;
    }

    /** Says something without harming the line that is drawn over. */
    public void note(String sentence) {
        if (terminal) {
            draw(sentence, System.lineSeparator());
        } else {
            out.println(sentence);
        }
    }

    /** The last line of a job that has ended. */
    public void finish(JsonNode progress) {
        note(line(progress));
    }

    private String line(JsonNode progress) {
        // A terminal whose last column is written to may have gone to the next line already.
        return new ProgressLine(progress).within(terminal ? columns - 1 : WIDTH_OF_A_LOG);
    }

    private void draw(String line, String end) {
        out.print("\r" + line + CLEAR_REST_OF_LINE + end);
        out.flush();
    }
}
