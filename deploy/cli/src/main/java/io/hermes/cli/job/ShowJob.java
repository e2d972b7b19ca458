package io.hermes.cli.job;

import io.hermes.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One job. */
@Command(name = "show", description = "Shows one job: what it is, where it stands, what it takes.")
final class ShowJob implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "JOB", description = "Id or UUID of the job.")
    private String job;

    ShowJob(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        session.show(new Jobs(session.orchestrator()).find(job), JobText::facts);
        return 0;
    }
}
