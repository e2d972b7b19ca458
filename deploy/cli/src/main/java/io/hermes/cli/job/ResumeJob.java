package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.session.Session;
import picocli.CommandLine.Command;

/** Ends a pause. */
@Command(name = "resume", description = "Lets a paused job go on where it stood.")
final class ResumeJob extends WatchableOrder {

    ResumeJob(Session session) {
        super(session);
    }

    @Override
    JsonNode give(Jobs jobs) throws Exception {
        return jobs.order(job, "resume");
    }
}
