package io.hermes.storage.contract;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.hermes.storage.Feature;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table feature × store as measured, in {@code target/contract-matrix.md}. */
final class MatrixTable {

    private static final Path TABLE = Path.of("target", "contract-matrix.md");
    private static final Path COLUMNS = Path.of("target", "contract-matrix");
    private static final String SUFFIX = ".properties";
    private static final List<String> COUNTS = List.of("passed", "failed", "skipped");
    private static final List<String> LIMITS =
            List.of("longest key, bytes", "largest document, bytes", "one request up to, bytes");

    private MatrixTable() {}

    /** Adds a store's column, in place of an earlier one, and writes the table anew. Tests run in several JVMs at once. */
    static synchronized void add(MatrixColumn column) {
        try {
            Files.createDirectories(COLUMNS);
            try (FileChannel others = FileChannel.open(COLUMNS.resolve("lock"), CREATE, WRITE);
                    FileLock turn = others.lock()) {
                write(column);
                Files.writeString(TABLE, render(columns()));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void write(MatrixColumn column) throws IOException {
        try (Writer out = Files.newBufferedWriter(COLUMNS.resolve(column.store() + SUFFIX))) {
            column.facts().store(out, null);
        }
    }

    private static List<MatrixColumn> columns() throws IOException {
        List<MatrixColumn> columns = new ArrayList<>();
        try (Stream<Path> files = Files.list(COLUMNS)) {
            for (Path file : files.filter(MatrixTable::isColumn).sorted().toList()) {
                Properties facts = new Properties();
                try (Reader in = Files.newBufferedReader(file)) {
                    facts.load(in);
                }
                columns.add(new MatrixColumn(facts));
            }
        }
        return columns;
    }

    private static boolean isColumn(Path file) {
        return file.toString().endsWith(SUFFIX);
    }

    private static String render(List<MatrixColumn> all) {
        List<MatrixColumn> run = all.stream()
                .filter(column -> column.fact("not run", "").isEmpty())
                .toList();
        StringBuilder text = new StringBuilder("# The storage contract, store by store\n\n");
        row(text, "", run, MatrixColumn::store);
        row(text, "---", run, column -> "---");
        Arrays.stream(Feature.values())
                .map(Feature::name)
                .forEach(name -> row(text, label(name), run, column -> column.fact(name, "?")));
        LIMITS.forEach(limit -> row(text, limit, run, column -> column.fact(limit, "?")));
        COUNTS.forEach(count -> row(text, "tests " + count, run, column -> column.fact(count, "0")));
        text.append("\n## Skipped\n\n");
        for (MatrixColumn column : all) {
            text.append("- ")
                    .append(column.store())
                    .append(": ")
                    .append(skipsOf(column))
                    .append('\n');
        }
        return text.toString();
    }

    private static void row(
            StringBuilder text, String label, List<MatrixColumn> columns, Function<MatrixColumn, String> cell) {
        text.append(columns.stream().map(cell).collect(Collectors.joining(" | ", "| " + label + " | ", " |\n")));
    }

    private static String label(String feature) {
        return feature.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String skipsOf(MatrixColumn column) {
        String absent = column.fact("not run", "");
        return absent.isEmpty()
                ? column.skips().entrySet().stream()
                        .map(skip -> skip.getValue() + " " + skip.getKey())
                        .collect(Collectors.joining("; "))
                : "not run, " + absent;
    }
}
