package io.hermes.cli.session;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command finds around it.
 *
 * @param in standard input
 * @param out for what was asked for
 * @param err for progress, notes and refusals
 * @param environment variables of the environment
 * @param home the user's folder
 * @param screen where people look
 */
public record Surroundings(
        InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, Path home, Screen screen) {

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** A variable that is set and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Where settings of users are, by the rules of the XDG base directories. */
    Path configuration() {
        return variable("XDG_CONFIG_HOME").map(Path::of).orElseGet(() -> home.resolve(".config"));
    }
}
