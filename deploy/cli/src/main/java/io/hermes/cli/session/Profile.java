package io.hermes.cli.session;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** The user's own settings, from a file of properties. A key that means nothing is an error, as everywhere in the suite. */
final class Profile {

    private static final Set<String> KEYS = Set.of("registry-url", "orchestrator-url", "token-file", "stack");

    private final Properties values;
    private final Path folder;

    private Profile(Properties values, Path folder) {
        this.values = values;
        this.folder = folder;
    }

    /** The one named by the options, else the usual one if it exists. */
    static Profile of(GlobalOptions options, Surroundings around) throws CommandFailure {
        Path usual = around.configuration().resolve("hermes").resolve("cli.properties");
        Path file = options.profile == null ? usual : options.profile.toAbsolutePath();
        Properties values = options.profile == null && !Files.exists(usual) ? new Properties() : read(file);
        return new Profile(values, file.getParent());
    }

    private static Properties read(Path file) throws CommandFailure {
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw CommandFailure.usage("Cannot read the profile " + file + ".");
        }
        Set<String> unknown = new TreeSet<>(values.stringPropertyNames());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw CommandFailure.usage("The profile " + file + " holds unknown settings: " + String.join(", ", unknown)
                    + ". Known are " + String.join(", ", new TreeSet<>(KEYS)) + ".");
        }
        return values;
    }

    Optional<String> value(String key) {
        return Optional.ofNullable(values.getProperty(key)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** A path, which is relative to the profile's folder. */
    Optional<Path> path(String key) {
        return value(key).map(folder::resolve);
    }
}
