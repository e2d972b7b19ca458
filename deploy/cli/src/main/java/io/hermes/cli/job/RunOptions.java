package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.session.ExitCode;
import io.hermes.cli.session.Session;
import io.hermes.cli.watch.WatchOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What becomes of a new job at once. */
final class RunOptions {

    @Option(names = "--start", description = "Starts the job.")
    private boolean start;

    @Option(
            names = "--watch",
            description = "Starts the job and follows it to its end; the exit code tells how it ended.")
    private boolean watch;

    @Mixin
    private final WatchOptions watching = new WatchOptions();

    /** Goes on with a job that has just been made, or was made by the same command before. */
    ExitCode goOn(Session session, JsonNode made) throws Exception {
        String id = made.path("id").asText();
        JsonNode job = start || watch ? started(session, made) : made;
        if (watch) {
            session.note(JobText.line(job).getFirst());
            return watching.watch(session, id);
        }
        session.show(job, JobText::line);
        if (!session.forPrograms()) {
            session.note(start ? "Follow it: hermes job watch " + id : "Start it: hermes job start --watch " + id);
        }
        return ExitCode.DONE;
    }

    private static JsonNode started(Session session, JsonNode made) throws Exception {
        boolean pending = made.path("status").asText().equals("pending");
        return pending ? new Jobs(session.orchestrator()).order(made.path("id").asText(), "start") : made;
    }
}
