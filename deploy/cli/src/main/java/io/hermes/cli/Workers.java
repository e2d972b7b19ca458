package io.hermes.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.output.Plain;
import io.hermes.cli.output.Table;
import io.hermes.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Who works. */
@Command(name = "workers", description = "Shows the workers and how busy they are.")
final class Workers implements Callable<Integer> {

    private final Session session;

    Workers(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        session.show(session.orchestrator().get("/api/v2/migrations/workers"), Workers::lines);
        return 0;
    }

    private static List<String> lines(JsonNode answer) {
        Table table = new Table("WORKER", "STATE", ">SLOTS", ">IN FLIGHT", ">WAITING", "LAST SEEN");
        answer.path("workers")
                .forEach(worker -> table.add(
                        Plain.value(worker.path("workerId")),
                        state(worker),
                        Plain.value(worker.path("slots")),
                        Plain.value(worker.path("inFlight")),
                        Plain.value(worker.path("waiting")),
                        Plain.time(worker.path("lastSeen"))));
        return table.lines();
    }

    private static String state(JsonNode worker) {
        if (!worker.path("alive").asBoolean()) {
            return "silent";
        }
        return worker.path("draining").asBoolean() ? "draining" : "alive";
    }
}
