package io.hermes.registry.declared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts variables of the environment, <code>${NAME}</code>, and contents of files, <code>${file:/path}</code> without the line end at
 * their end, into a text; <code>$${</code> stands for <code>${</code>. What is put in is never looked at again.
 */
record Interpolation(Function<String, Optional<String>> environment) {

    private static final Pattern PLACE = Pattern.compile("\\$\\$\\{|\\$\\{(?<what>[^}]*)}|\\$\\{");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String FILE = "file:";
    private static final long LARGEST = 65_536;

    /** Why a text cannot be had; the message is the predicate of a sentence and repeats no value. */
    static final class Missing extends Exception {

        private static final long serialVersionUID = 1L;

        Missing(String message) {
            super(message);
        }
    }

    String of(String text) throws Missing {
        Matcher place = PLACE.matcher(text);
        StringBuilder result = new StringBuilder();
        int from = 0;
        while (place.find()) {
            result.append(text, from, place.start());
            result.append(place.group().equals("$${") ? "${" : value(place.group("what")));
            from = place.end();
        }
        return result.append(text.substring(from)).toString();
    }

    private String value(String what) throws Missing {
        if (what == null) {
            throw new Missing("has '${' without '}'; write '$${' for the two characters themselves");
        }
        if (what.startsWith(FILE)) {
            return content(what.substring(FILE.length()));
        }
        if (!NAME.matcher(what).matches()) {
            throw new Missing("is neither ${NAME} nor ${file:/path}");
        }
        return environment
                .apply(what)
                .orElseThrow(() ->
                        new Missing("needs the variable " + what + ", which is not set in the registry's environment"));
    }

    private static String content(String name) throws Missing {
        try {
            Path file = Path.of(name);
            if (!file.isAbsolute() || Files.size(file) > LARGEST) {
                throw new Missing("needs the absolute path of a file of at most 64 KiB");
            }
            String text = Files.readString(file);
            return text.endsWith("\n") ? text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1)) : text;
        } catch (IOException | InvalidPathException unreadable) {
            throw new Missing("needs the file " + name + ", which cannot be read as UTF-8");
        }
    }
}
