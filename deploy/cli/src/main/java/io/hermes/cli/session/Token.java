package io.hermes.cli.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A bearer token, which is never an argument: every user of a machine can read the arguments of every process. */
sealed interface Token {

    /** The token; absent if nobody gave one. */
    Optional<String> read() throws CommandFailure;

    /** From the environment. */
    record Itself(Optional<String> text) implements Token {
        @Override
        public Optional<String> read() throws CommandFailure {
            return text.isEmpty() ? text : Optional.of(checked(text.orElseThrow(), "HERMES_TOKEN"));
        }

        /** Never shows it. */
        @Override
        public String toString() {
            return "Itself[]";
        }
    }

    /** From a file that holds nothing else. */
    record InFile(Optional<Path> file) implements Token {
        @Override
        public Optional<String> read() throws CommandFailure {
            if (file.isEmpty()) {
                return Optional.empty();
            }
            Path path = file.orElseThrow();
            try {
                return Optional.of(checked(Files.readString(path), path.toString()));
            } catch (IOException unreadable) {
                throw CommandFailure.usage("Cannot read the token file " + path + ".");
            }
        }
    }

    private static String checked(String text, String where) throws CommandFailure {
        String token = text.strip();
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw CommandFailure.usage("What " + where + " holds is no token: one word of printable characters.");
        }
        return token;
    }
}
