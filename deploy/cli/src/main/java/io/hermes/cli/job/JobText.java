package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.output.Facts;
import io.hermes.cli.output.Plain;
import java.util.List;
import java.util.stream.Collectors;

/** A job in words. */
final class JobText {

    private JobText() {}

    /** One line: what it is and where it stands. */
    static List<String> line(JsonNode job) {
        return List.of(title(job) + " is " + standing(job) + ".");
    }

    /** Everything worth knowing. */
    static List<String> facts(JsonNode job) {
        return new Facts()
                .add("status", standing(job))
                .add("reason", job.path("statusReason"))
                .add("route", Plain.value(job.path("sourceProvider")) + " to " + Plain.value(job.path("destProvider")))
                .add("strategy", job.path("strategy"))
                .add("conflicts", job.path("conflictPolicy"))
                .add("proof", job.path("verify"))
                .add("selects", selection(job))
                .add("filter", job.path("filterCriteria").isEmpty() ? "-" : Plain.value(job.path("filterCriteria")))
                .add("documents", counts(job))
                .add("progress", Plain.value(job.path("progress").path("percent")) + " %")
                .add("concurrency", job.path("concurrency"))
                .add("attempts", job.path("maxAttempts"))
                .add("bears failures", job.path("maxFailures"))
                .add("labels", job.path("labels").isEmpty() ? "-" : Plain.value(job.path("labels")))
                .add("cloned from", job.path("clonedFrom"))
                .add("created", Plain.time(job.path("createdAt")) + " by " + Plain.value(job.path("createdBy")))
                .add("started", Plain.time(job.path("startedAt")))
                .add("completed", Plain.time(job.path("completedAt")))
                .add("uuid", job.path("jobUuid"))
                .add("possible now", possible(job))
                .under(title(job));
    }

    static String title(JsonNode job) {
        return "Job " + Plain.value(job.path("id")) + " '" + Plain.value(job.path("jobName")) + "'";
    }

    /** The status, and what it is on its way to, or how it ended. */
    static String standing(JsonNode job) {
        String status = Plain.value(job.path("status"));
        if (job.path("pendingAction").isTextual()) {
            return status + ", to " + Plain.value(job.path("pendingAction")) + " once nothing is in flight";
        }
        String outcome = Plain.value(job.path("outcome"));
        return outcome.equals("-") || outcome.equals(status) ? status : status + " (" + outcome + ")";
    }

    private static String selection(JsonNode job) {
        JsonNode selection = job.path("selection");
        return selection.isObject()
                ? selection
                        .valueStream()
                        .filter(JsonNode::isValueNode)
                        .map(Plain::value)
                        .filter(word -> !word.equals("-"))
                        .collect(Collectors.joining(" "))
                : "-";
    }

    private static String counts(JsonNode job) {
        return "%s planned, %s migrated, %s skipped, %s failed"
                .formatted(
                        Plain.value(job.path("totalDocuments")),
                        Plain.value(job.path("migratedDocuments")),
                        Plain.value(job.path("skippedDocuments")),
                        Plain.value(job.path("failedDocuments")));
    }

    private static String possible(JsonNode job) {
        return job.path("allowedActions").valueStream().map(Plain::value).collect(Collectors.joining(", "));
    }
}
