package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.session.Session;
import picocli.CommandLine.Command;

/** Ends a job early. */
@Command(name = "cancel", description = "Cancels a job for good; what is in flight ends first.")
final class CancelJob extends Order {

    CancelJob(Session session) {
        super(session);
    }

    @Override
    JsonNode give(Jobs jobs) throws Exception {
        return jobs.order(job, "cancel");
    }
}
