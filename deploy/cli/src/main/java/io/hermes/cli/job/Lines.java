package io.hermes.cli.job;

import io.hermes.cli.session.CommandFailure;
import io.hermes.cli.session.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Text from a file, or from standard input where the file is called {@code -}. */
final class Lines {

    private static final String STANDARD_INPUT = "-";

    private Lines() {}

    static String whole(Path file, Surroundings around) throws CommandFailure {
        try {
            return file.toString().equals(STANDARD_INPUT)
                    ? new String(around.in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(file);
        } catch (IOException unreadable) {
            throw CommandFailure.usage("Cannot read " + file + " as UTF-8 text.");
        }
    }

    /** The lines that are not empty, as they stand: a key may begin or end with a blank. */
    static List<String> of(Path file, Surroundings around) throws CommandFailure {
        return whole(file, around).lines().filter(line -> !line.isEmpty()).toList();
    }
}
