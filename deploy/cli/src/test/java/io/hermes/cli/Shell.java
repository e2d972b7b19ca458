package io.hermes.cli;

import io.hermes.cli.session.Screen;
import io.hermes.cli.session.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Somebody who types commands. */
final class Shell {

    private final Map<String, String> environment = new HashMap<>();
    private final Path home;
    private String input = "";

    /** With an empty environment and this home. */
    Shell(Path home) {
        this.home = home;
    }

    /** Both services are there. */
    static Shell facing(Service service, Path home) {
        return new Shell(home)
                .with("HERMES_REGISTRY_URL", service.url())
                .with("HERMES_ORCHESTRATOR_URL", service.url())
                .with("HERMES_TOKEN", "open-sesame");
    }

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Shell typing(String text) {
        input = text;
        return this;
    }

    /** How a command ended and what it said. */
    record Result(int code, String out, String err) {}

    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings around = new Surroundings(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                home,
                Screen.none());
        int code = HermesCommand.run(around, arguments);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
