package io.hermes.cli.provider;

import io.hermes.cli.session.CommandFailure;
import io.hermes.cli.session.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a secret is read from. */
sealed interface SecretSource {

    /** The secret, without the line end that editors and {@code echo} put behind it. */
    String read(Surroundings around) throws CommandFailure;

    /** Understands {@code @FILE}, {@code env:NAME} and {@code -}; anything else may be the secret itself, so it is not repeated. */
    static SecretSource of(String key, String text) throws CommandFailure {
        if (text.startsWith("@")) {
            return new InFile(Path.of(text.substring(1)));
        }
        if (text.startsWith("env:")) {
            return new Variable(text.substring("env:".length()));
        }
        if (text.equals("-")) {
            return new StandardInput();
        }
        throw CommandFailure.usage("Say where the secret '" + key + "' is, not what it is: " + key + "=@FILE, " + key
                + "=env:NAME or " + key + "=- for a line of standard input.");
    }

    /** A file that holds nothing else. */
    record InFile(Path file) implements SecretSource {
        @Override
        public String read(Surroundings around) throws CommandFailure {
            try {
                return Files.readString(file).replaceFirst("\\R$", "");
            } catch (IOException unreadable) {
                throw CommandFailure.usage("Cannot read the secret in " + file + ".");
            }
        }
    }

    /** A variable of the environment. */
    record Variable(String name) implements SecretSource {
        @Override
        public String read(Surroundings around) throws CommandFailure {
            return around.variable(name)
                    .orElseThrow(() -> CommandFailure.usage("The environment variable " + name + " is not set."));
        }
    }

    /** The next line of standard input, so that several secrets can come that way. */
    record StandardInput() implements SecretSource {
        @Override
        public String read(Surroundings around) throws CommandFailure {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            try {
                for (int one = around.in().read();
                        one >= 0 && one != '\n';
                        one = around.in().read()) {
                    line.write(one);
                }
            } catch (IOException unreadable) {
                throw CommandFailure.usage("Cannot read the secret from standard input.");
            }
            if (line.size() == 0) {
                throw CommandFailure.usage("Standard input holds no secret.");
            }
            return line.toString(StandardCharsets.UTF_8).replaceFirst("\r$", "");
        }
    }
}
