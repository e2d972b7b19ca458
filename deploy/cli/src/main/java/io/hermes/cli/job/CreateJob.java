package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A new job. */
@Command(
        name = "create",
        description = {
            "Makes a job, and starts and watches it if you like.",
            "",
            "  hermes job create --source files --dest archive --watch",
            "  hermes job create --source files --dest archive --path-prefix rfc --glob '**/*.md' --max-failures 1%%",
            "  hermes job create --source files --dest archive --failed-of 7 --start"
        })
final class CreateJob implements Callable<Integer> {

    private final Session session;

    @Mixin
    private final RunOptions run = new RunOptions();

    @Mixin
    private final DefinitionOptions definition = new DefinitionOptions();

    @Mixin
    private final NewJob making = new NewJob();

    CreateJob(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        ObjectNode body = named(definition.json(session.around()));
        JsonNode job = making.make(session, Jobs.PATH, body);
        definition.send(session, job);
        return run.goOn(session, job).number();
    }

    /** A job that was given no name is called after its route. */
    private static ObjectNode named(ObjectNode body) {
        if (!body.has("jobName") && body.has("sourceProvider") && body.has("destProvider")) {
            body.put(
                    "jobName",
                    body.path("sourceProvider").asText() + " to "
                            + body.path("destProvider").asText());
        }
        return body;
    }
}
