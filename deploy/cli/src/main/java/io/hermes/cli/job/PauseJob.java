package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.session.Session;
import picocli.CommandLine.Command;

/** Begins a pause. */
@Command(name = "pause", description = "Pauses a running job; what is in flight ends first.")
final class PauseJob extends Order {

    PauseJob(Session session) {
        super(session);
    }

    @Override
    JsonNode give(Jobs jobs) throws Exception {
        return jobs.order(job, "pause");
    }
}
