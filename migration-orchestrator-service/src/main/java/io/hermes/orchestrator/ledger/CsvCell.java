package io.hermes.orchestrator.ledger;

import java.util.regex.Pattern;

/**
 * A value as a CSV cell and back.
 *
 * <p>Spreadsheets execute cells that begin like a formula. Text that does gets an apostrophe in front, which they take for "this is text";
 * and so does text that already looks guarded, so that {@link #unguarded} gives back exactly what was written, whatever it was.
 */
final class CsvCell {

    /** What spreadsheets take for the beginning of a formula, also in full width. */
    private static final String FORMULA = "[=+\\-@\\t\\r\\n\uFF1D\uFF0B\uFF0D\uFF20]";

    private static final Pattern DANGEROUS = Pattern.compile("'*" + FORMULA);
    private static final Pattern GUARDED = Pattern.compile("'+" + FORMULA);
    private static final Pattern QUOTED = Pattern.compile("[\",;\\r\\n\\t]|^\\s|\\s$|^$");

    private CsvCell() {}

    /** The cell of this value, quoted where RFC 4180 or a careless reader wants it; empty for {@code null}, {@code ""} for no text. */
    static String of(Object value) {
        return switch (value) {
            case null -> "";
            case String text -> quoted(DANGEROUS.matcher(text).lookingAt() ? "'" + text : text);
            default -> value.toString();
        };
    }

    /** The text that {@link #of} made this cell of, its quotes removed by now. */
    static String unguarded(String cell) {
        return GUARDED.matcher(cell).lookingAt() ? cell.substring(1) : cell;
    }

    private static String quoted(String text) {
        return QUOTED.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
