package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Does without one document. */
@Command(name = "skip", description = "Goes on without one document that waits or has failed; the ledger says so.")
final class SkipItem extends Order {

    @Option(names = "--item", required = true, paramLabel = "ID", description = "The document, by its id in the job.")
    private long item;

    SkipItem(Session session) {
        super(session);
    }

    @Override
    JsonNode give(Jobs jobs) throws Exception {
        return jobs.order(job, "items/" + item + "/skip");
    }
}
