package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.session.Session;
import picocli.CommandLine.Command;

/** Sets a job off. */
@Command(name = "start", description = "Starts a pending job.")
final class StartJob extends WatchableOrder {

    StartJob(Session session) {
        super(session);
    }

    @Override
    JsonNode give(Jobs jobs) throws Exception {
        return jobs.order(job, "start");
    }
}
