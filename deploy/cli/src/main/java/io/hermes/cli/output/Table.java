package io.hermes.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows under headings, as wide as they need to be. A heading that begins with {@code >} stands over figures, set to the right. */
public final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> right;

    /** With these headings. */
    public Table(String... headings) {
        right = List.of(headings).stream()
                .map(heading -> heading.startsWith(">"))
                .toList();
        rows.add(List.of(headings).stream()
                .map(heading -> heading.replaceFirst("^>", ""))
                .toList());
    }

    /** One more row. */
    public void add(String... cells) {
        rows.add(List.of(cells).stream().map(Plain::line).toList());
    }

    /** The headings and all rows. */
    public List<String> lines() {
        int[] widths = IntStream.range(0, right.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> width(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            String padding = " ".repeat(widths[column] - width(cell));
            line.append(column == 0 ? "" : GAP).append(right.get(column) ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
