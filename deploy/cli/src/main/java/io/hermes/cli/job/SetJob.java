package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.cli.session.CommandFailure;
import io.hermes.cli.session.Session;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Changes what may change while a job runs. */
@Command(
        name = "set",
        description = {
            "Changes what may change at any time, also while the job runs.",
            "What is in flight already goes on as it began."
        })
final class SetJob extends Order {

    @Option(names = "--concurrency", paramLabel = "N", description = "Documents transferred at once.")
    private Integer concurrency;

    @Option(names = "--dispatch-window", paramLabel = "N|auto", description = "Documents handed out ahead.")
    private String dispatchWindow;

    @Option(
            names = "--max-failures",
            paramLabel = "N|N%|any",
            description = "Failed documents after which the job is stopped.")
    private String maxFailures;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "For you and your tools. May be repeated.")
    private Map<String, String> labels;

    @Option(names = "--remove-label", paramLabel = "KEY", description = "Removes a label. May be repeated.")
    private List<String> removed;

    SetJob(Session session) {
        super(session);
    }

    @Override
    JsonNode give(Jobs jobs) throws Exception {
        ObjectNode changes = changes();
        if (changes.isEmpty()) {
            throw CommandFailure.usage("Nothing to change was given. See hermes job set --help.");
        }
        return jobs.orchestrator().patch(Jobs.path(job), changes);
    }

    private ObjectNode changes() {
        ObjectNode changes = JsonNodeFactory.instance.objectNode();
        Given given = new Given(changes);
        given.number("concurrency", concurrency);
        given.numberOrTextOrNull("dispatchWindow", dispatchWindow, "auto");
        given.numberOrTextOrNull("maxFailures", maxFailures, "any");
        if (labels != null) {
            labels.forEach(changes.withObjectProperty("labels")::put);
        }
        if (removed != null) {
            removed.forEach(changes.withObjectProperty("labels")::putNull);
        }
        return changes;
    }
}
