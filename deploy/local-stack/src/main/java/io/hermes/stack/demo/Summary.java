package io.hermes.stack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.stack.StackDescription;
import io.hermes.stack.proof.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the person at the terminal is told at the end.
 *
 * @param folder where the stack is
 * @param job id of the job
 * @param progress the last answer of the progress endpoint
 * @param seconds from the start of the job to its end
 */
record Summary(
        StackDescription stack, Path folder, String job, JsonNode progress, Verification result, double seconds) {

    private static final int FAULTS_SHOWN = 20;
    private static final double MEGABYTE = 1e6;

    /** Both must agree: the services that the job is done, and our own look that everything is there. */
    boolean proves() {
        return result.proves() && status().equals("completed");
    }

    private String status() {
        return progress.path("status").asText();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        result.faults().stream().limit(FAULTS_SHOWN).forEach(fault -> lines.add("  " + fault));
        if (result.faults().size() > FAULTS_SHOWN) {
            lines.add("  … and " + (result.faults().size() - FAULTS_SHOWN) + " more");
        }
        lines.add(proves() ? "\nEvery document arrived, byte for byte." : "\nNOT every document arrived as it was.");
        lines.addAll(figures());
        lines.addAll(next());
        return lines;
    }

    private List<String> figures() {
        double megabytes = result.bytes() / MEGABYTE;
        return List.of(
                format(
                        "  documents   %d in the source (%.1f MB), %d equal in the bucket",
                        result.documents(), megabytes, result.equal()),
                format(
                        "  job         %s: %d migrated, %d skipped, %d failed",
                        status(),
                        progress.path("migrated").asLong(),
                        progress.path("skipped").asLong(),
                        progress.path("failed").asLong()),
                format(
                        "  time        %.1f s, %.0f documents/s, %.1f MB/s",
                        seconds, result.documents() / seconds, megabytes / seconds));
    }

    private List<String> next() {
        String hermes = "  deploy/cli/hermes --stack " + shown() + " ";
        return List.of(
                "",
                "  providers   " + stack.registry().url() + "/api/v2/providers",
                "  jobs        " + stack.orchestrator().url() + "/api/v2/migrations/jobs",
                "  token       " + stack.token(),
                "",
                "Try next, while the stack is up:",
                hermes + "job show " + job,
                hermes + "job items " + job + " --limit 3",
                hermes + "provider show s3-archive");
    }

    /** Short where it is below the folder that one is in. */
    private Path shown() {
        Path here = Path.of("").toAbsolutePath();
        return folder.startsWith(here) ? here.relativize(folder) : folder;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
