package io.hermes.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.cli.HermesCommand;
import io.hermes.cli.session.Screen;
import io.hermes.cli.session.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** One command line, typed by somebody who has nothing but the folder of the stack. What it says can be read while it runs. */
final class Prompt {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path stack;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    Prompt(Path stack) {
        this.stack = stack;
    }

    /** Runs the command to its end; its exit code. */
    int run(String... words) {
        Surroundings around = new Surroundings(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                stack,
                Screen.none());
        String[] all = Stream.concat(Stream.of("--stack", stack.toString()), Stream.of(words))
                .toArray(String[]::new);
        return HermesCommand.run(around, all);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    JsonNode json() throws IOException {
        return JSON.readTree(out());
    }
}
