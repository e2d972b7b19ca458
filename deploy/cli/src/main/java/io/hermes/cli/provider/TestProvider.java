package io.hermes.cli.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.cli.api.HermesApi;
import io.hermes.cli.api.Query;
import io.hermes.cli.output.Plain;
import io.hermes.cli.output.Table;
import io.hermes.cli.session.ExitCode;
import io.hermes.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A look at a store. */
@Command(
        name = "test",
        description = {
            "Looks whether a store answers, and says what it was seen to do when it was registered.",
            "Ends with 5 if the store does not answer, or not to these credentials."
        })
final class TestProvider implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "PROVIDER", description = "Name, id or UUID.")
    private String name;

    TestProvider(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        HermesApi registry = session.registry();
        String path = ProviderCommands.PATH + "/" + Query.segment(name);
        JsonNode health = registry.get(path + "/health?refresh=true");
        if (health instanceof ObjectNode answer) {
            answer.set("capabilities", registry.get(path).path("capabilities"));
        }
        session.show(health, TestProvider::lines);
        boolean answers = !health.path("healthStatus").asText().equals("unhealthy");
        return (answers ? ExitCode.DONE : ExitCode.TEMPORARY).number();
    }

    private static List<String> lines(JsonNode health) {
        List<String> lines = new ArrayList<>();
        lines.add(Plain.value(health.path("providerName")) + " is " + Plain.value(health.path("healthStatus")) + ".");
        Table steps = new Table("STEP", "RESULT", ">TOOK", "WHAT TO DO");
        health.path("checks")
                .forEach(check -> steps.add(
                        Plain.value(check.path("name")),
                        Plain.value(check.path("status")),
                        Plain.value(check.path("latencyMs")) + " ms",
                        Plain.value(check.path("hint"))));
        lines.addAll(steps.lines());
        lines.add("can     " + ProviderText.able(health, true));
        lines.add("cannot  " + ProviderText.able(health, false));
        return lines;
    }
}
