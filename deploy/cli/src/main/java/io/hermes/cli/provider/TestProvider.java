package io.hermes.cli.provider;

import com.fasterxml.jackson.databind.JsonNode;
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

/** A test of a store, step by step. */
@Command(
        name = "test",
        description = {
            "Tests a store step by step, from the address of its server to a document that is written, read back and deleted,",
            "and says what it can do. Ends with 5 if a step failed that a store cannot do without."
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
        JsonNode result = registry.post(ProviderCommands.PATH + "/" + Query.segment(name) + "/test");
        session.show(result, TestProvider::lines);
        return (result.path("success").asBoolean() ? ExitCode.DONE : ExitCode.TEMPORARY).number();
    }

    private static List<String> lines(JsonNode result) {
        List<String> lines = new ArrayList<>();
        lines.add(Plain.value(result.path("providerName")) + " is " + Plain.value(result.path("healthStatus")) + ".");
        Table steps = new Table("STEP", "RESULT", ">TOOK", "WHAT TO DO");
        result.path("checks")
                .forEach(check -> steps.add(
                        Plain.value(check.path("name")),
                        Plain.value(check.path("status")),
                        Plain.value(check.path("latencyMs")) + " ms",
                        Plain.value(check.path("hint"))));
        lines.addAll(steps.lines());
        lines.add("can     " + ProviderText.able(result, true));
        lines.add("cannot  " + ProviderText.able(result, false));
        return lines;
    }
}
