package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A new job like another. */
@Command(name = "clone", description = "Makes a job like another; the options say what shall be different.")
final class CloneJob implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "JOB", description = "Id or UUID of the job to begin with.")
    private String job;

    @Mixin
    private final RunOptions run = new RunOptions();

    @Mixin
    private final DefinitionOptions different = new DefinitionOptions();

    @Mixin
    private final NewJob making = new NewJob();

    CloneJob(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        JsonNode made = making.make(session, Jobs.path(job) + "/clone", different.json(session.around()));
        different.send(session, made);
        return run.goOn(session, made).number();
    }
}
