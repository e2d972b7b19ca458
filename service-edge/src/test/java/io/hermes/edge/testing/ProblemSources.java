package io.hermes.edge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The codes of problems that stand in the sources of this module, and of what all services share. */
final class ProblemSources {

    private static final List<Path> ROOTS = List.of(Path.of("src/main/java"), Path.of("../service-edge/src/main/java"));
    private static final Pattern CODE = Pattern.compile("\"([A-Z][A-Z_]+[A-Z])\"");
    private static final Pattern WITH_STATUS = Pattern.compile("ApiProblem\\.of\\(\\s*(\\d{3}),\\s*\"([A-Z_]+)\"");

    private ProblemSources() {}

    /** Every word in capitals of a source that deals with problems. */
    static SortedSet<String> codes() {
        return sources()
                .filter(source -> source.contains("ApiProblem"))
                .flatMap(source -> CODE.matcher(source).results())
                .map(code -> code.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Status and code, where they stand side by side. */
    static List<MatchResult> withStatus() {
        return sources()
                .flatMap(source -> WITH_STATUS.matcher(source).results())
                .toList();
    }

    private static Stream<String> sources() {
        return ROOTS.stream().flatMap(ProblemSources::files).map(ProblemSources::read);
    }

    /** But for what describes the codes. */
    private static Stream<Path> files(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream()
                    .filter(file -> !read(file).contains("OASF"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
