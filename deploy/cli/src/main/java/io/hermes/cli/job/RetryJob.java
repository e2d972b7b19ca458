package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hermes.cli.session.Session;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tries again what failed. */
@Command(name = "retry", description = "Runs an ended job again with all documents that failed, or with some of them.")
final class RetryJob extends WatchableOrder {

    @ArgGroup
    private Only only;

    /** A part of what failed. */
    private static final class Only {

        @Option(names = "--code", paramLabel = "CODE", description = "Only those that failed with this error code.")
        private String code;

        @Option(names = "--item", paramLabel = "ID", description = "Only this document, by its id in the job.")
        private Long item;
    }

    RetryJob(Session session) {
        super(session);
    }

    @Override
    JsonNode give(Jobs jobs) throws Exception {
        if (only == null) {
            return jobs.order(job, "retry");
        }
        return only.code == null
                ? jobs.order(job, "items/" + only.item + "/retry")
                : jobs.orchestrator()
                        .post(
                                Jobs.path(job) + "/items/retry",
                                JsonNodeFactory.instance.objectNode().put("errorCode", only.code));
    }
}
