package io.hermes.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.output.Amounts;
import io.hermes.cli.output.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An answer of the progress endpoint as one line. */
record ProgressLine(JsonNode progress) {

    private static final int WIDEST_BAR = 30;
    private static final int NARROWEST_BAR = 10;
    private static final String GAP = "  ";

    /** The line in at most so many columns: the bar gives way first, then the end of the line. */
    String within(int columns) {
        String figures = String.join(GAP, figures());
        int room = columns - figures.length() - "[] ".length();
        String line = bar(Math.clamp(room, NARROWEST_BAR, WIDEST_BAR)) + " " + figures;
        return line.length() <= columns ? line : line.substring(0, columns - 1) + "…";
    }

    private String bar(int width) {
        int filled = total() == 0 ? 0 : (int) Math.min(width, done() * width / total());
        return "[" + "#".repeat(filled) + "-".repeat(width - filled) + "]";
    }

    private List<String> figures() {
        List<String> figures = new ArrayList<>();
        boolean more = !progress.path("totalIsFinal").asBoolean(true);
        figures.add(done() + "/" + total() + (more ? "+" : ""));
        figures.add(Amounts.part(bytes("transferred"), bytes("total")) + (more ? "+" : ""));
        if (status().equals("running")) {
            figures.add(
                    String.format(Locale.ROOT, "%.1f/s", progress.path("rate").asDouble()));
            figures.add(Amounts.bytes(bytes("rate")) + "/s");
            figures.add("ETA " + eta(progress.path("etaSeconds")));
        }
        figures.add(progress.path("failed").asLong() + " failed");
        if (progress.path("retries").asLong() > 0) {
            figures.add(progress.path("retries").asLong() + " retries");
        }
        figures.addAll(standing());
        return figures;
    }

    /** Why it does not move, if it does not. */
    private List<String> standing() {
        List<String> words = new ArrayList<>();
        switch (status()) {
            case "pending" -> words.add("not started yet");
            case "paused" -> words.add("paused");
            default -> {}
        }
        if (progress.path("stalled").asBoolean()) {
            words.add("stalled");
        }
        if (progress.path("statusReason").isTextual()) {
            words.add(Plain.value(progress.path("statusReason")));
        }
        return words;
    }

    private String status() {
        return progress.path("status").asText();
    }

    private long total() {
        return progress.path("total").asLong();
    }

    private long done() {
        return progress.path("migrated").asLong()
                + progress.path("skipped").asLong()
                + progress.path("failed").asLong();
    }

    private double bytes(String what) {
        return progress.path("bytes").path(what).asDouble();
    }

    private static String eta(JsonNode seconds) {
        return seconds.isNumber() ? Amounts.duration(seconds.asLong()) : "unknown";
    }
}
