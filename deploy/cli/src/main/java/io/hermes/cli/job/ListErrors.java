package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.output.Plain;
import io.hermes.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What went wrong. */
@Command(name = "errors", description = "Shows what went wrong in a job, by error code, and what to do about it.")
final class ListErrors implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "JOB", description = "Id or UUID of the job.")
    private String job;

    ListErrors(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        session.show(session.orchestrator().get(Jobs.path(job) + "/errors"), this::lines);
        return 0;
    }

    private List<String> lines(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        answer.path("errors").forEach(error -> lines.addAll(group(error)));
        return lines.isEmpty() ? List.of("No document of job " + Plain.line(job) + " has failed.") : lines;
    }

    private List<String> group(JsonNode error) {
        JsonNode sample = error.path("sample");
        String code = Plain.value(error.path("code"));
        return List.of(
                Plain.value(error.path("count")) + " x " + code + " (" + Plain.value(error.path("origin"))
                        + (error.path("retryable").asBoolean() ? ", may pass by itself)" : ", must be mended)"),
                "  do      " + Plain.value(error.path("hint")),
                "  such as " + Plain.value(sample.path("sourceKey")) + ": " + Plain.value(sample.path("message")),
                "  retry   hermes job retry " + Plain.line(job) + " --code " + code);
    }
}
