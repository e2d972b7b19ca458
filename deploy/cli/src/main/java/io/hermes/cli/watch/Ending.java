package io.hermes.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.output.Amounts;
import io.hermes.cli.output.Plain;
import io.hermes.cli.session.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a job has ended, from the last answer of the progress endpoint. */
record Ending(JsonNode progress) {

    /** A job whose every document failed counts as failed, whatever its status: nothing was done. */
    ExitCode exitCode() {
        return switch (progress.path("status").asText()) {
            case "cancelled" -> ExitCode.JOB_CANCELLED;
            case "failed" -> ExitCode.JOB_FAILED;
            default -> ofOutcome();
        };
    }

    private ExitCode ofOutcome() {
        return switch (progress.path("outcome").asText()) {
            case "success" -> ExitCode.DONE;
            case "failed" -> ExitCode.JOB_FAILED;
            default -> ExitCode.SOME_FAILED;
        };
    }

    /** For people, with what to do if something failed. */
    List<String> lines(JsonNode unused) {
        List<String> lines = new ArrayList<>();
        String id = progress.path("jobId").asText();
        lines.add(String.format(
                Locale.ROOT,
                "Job %s %s: %d migrated, %d skipped, %d failed; %s in %s.",
                id,
                words(),
                progress.path("migrated").asLong(),
                progress.path("skipped").asLong(),
                progress.path("failed").asLong(),
                Amounts.bytes(progress.path("bytes").path("transferred").asDouble()),
                Amounts.duration(progress.path("elapsedSeconds").asLong())));
        if (progress.path("statusReason").isTextual()) {
            lines.add("Reason: " + Plain.value(progress.path("statusReason")));
        }
        if (progress.path("failed").asLong() > 0) {
            lines.add("What went wrong: hermes job errors " + id + "   Once it is mended: hermes job retry " + id);
        }
        return lines;
    }

    private String words() {
        return switch (exitCode()) {
            case DONE -> "completed";
            case SOME_FAILED -> "completed, but not everything";
            case JOB_FAILED -> "failed";
            case JOB_CANCELLED -> "was cancelled";
            case UNEXPECTED, USAGE, NOT_FOUND, REFUSED, TEMPORARY ->
                throw new IllegalStateException(exitCode().name());
        };
    }
}
