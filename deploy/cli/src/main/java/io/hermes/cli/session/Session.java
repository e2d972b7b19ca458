package io.hermes.cli.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.hermes.cli.api.HermesApi;
import io.hermes.cli.output.Plain;
import java.util.List;
import java.util.function.Function;

/** One run of one command. */
public final class Session {

    private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();
    private static final String REGISTRY = "http://localhost:8081";
    private static final String ORCHESTRATOR = "http://localhost:8082";

    private final GlobalOptions options;
    private final Surroundings around;

    public Session(GlobalOptions options, Surroundings around) {
        this.options = options;
        this.around = around;
    }

    public Surroundings around() {
        return around;
    }

    /** The service that knows the stores. */
    public HermesApi registry() throws CommandFailure {
        Sources sources = Sources.of(options, around);
        return new HermesApi("provider registry", sources.registryUrl().orElse(REGISTRY), sources.token());
    }

    /** The service that runs the jobs. */
    public HermesApi orchestrator() throws CommandFailure {
        Sources sources = Sources.of(options, around);
        return new HermesApi("orchestrator", sources.orchestratorUrl().orElse(ORCHESTRATOR), sources.token());
    }

    /** Whether a program reads what is written. */
    public boolean forPrograms() {
        return options.output == GlobalOptions.Format.JSON;
    }

    /** Writes an answer: as it came for programs, in these lines for people. */
    public void show(JsonNode answer, Function<JsonNode, List<String>> lines) {
        if (forPrograms()) {
            around.out().println(pretty(answer));
        } else {
            lines.apply(answer).forEach(around.out()::println);
        }
    }

    /** Tells people something beside the answer. */
    public void note(String sentence) {
        around.err().println(Plain.line(sentence));
    }

    private static String pretty(JsonNode answer) {
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
