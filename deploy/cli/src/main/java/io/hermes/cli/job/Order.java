package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.session.ExitCode;
import io.hermes.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Parameters;

/** A command that tells one job to do something. Given twice, it does the same as given once. */
abstract class Order implements Callable<Integer> {

    final Session session;

    @Parameters(paramLabel = "JOB", description = "Id or UUID of the job.")
    String job;

    Order(Session session) {
        this.session = session;
    }

    /** Gives the order; the job as it is then. */
    abstract JsonNode give(Jobs jobs) throws Exception;

    /** What else was asked for. */
    ExitCode after(JsonNode ordered) throws Exception {
        session.show(ordered, JobText::line);
        return ExitCode.DONE;
    }

    @Override
    public final Integer call() throws Exception {
        return after(give(new Jobs(session.orchestrator()))).number();
    }
}
