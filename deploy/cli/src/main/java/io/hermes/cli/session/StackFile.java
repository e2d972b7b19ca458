package io.hermes.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a local stack publishes in {@code stack.json} while it is ready. */
record StackFile(Path folder) implements Source {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Optional<String> registryUrl() throws CommandFailure {
        return text(read().path("registries").path(0).path("url"));
    }

    @Override
    public Optional<String> orchestratorUrl() throws CommandFailure {
        return text(read().path("orchestrators").path(0).path("url"));
    }

    @Override
    public Optional<String> token() throws CommandFailure {
        return text(read().path("token"));
    }

    private JsonNode read() throws CommandFailure {
        Path file = folder.resolve("stack.json");
        if (!Files.exists(file)) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "No stack is ready in " + folder + ". Start it: deploy/local-stack/stack up --data " + folder);
        }
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException unreadable) {
            throw CommandFailure.usage("Cannot read " + file + ": " + unreadable.getMessage());
        }
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }
}
