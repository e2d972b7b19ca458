package io.hermes.storage.testing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Header lines of one message exactly as they were sent: order, case and repetitions included. */
public record HttpHeaders(List<Line> lines) {

    /** No headers. */
    public static final HttpHeaders NONE = new HttpHeaders(List.of());

    /** One line. */
    public record Line(String name, String value) {

        static Line parse(String text) {
            int colon = text.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("no header line: " + text);
            }
            return new Line(text.substring(0, colon), text.substring(colon + 1).strip());
        }

        boolean is(String wanted) {
            return name.equalsIgnoreCase(wanted);
        }

        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    public HttpHeaders {
        lines = List.copyOf(lines);
    }

    /** The first value under a name, whatever its case. */
    public Optional<String> first(String name) {
        return lines.stream().filter(line -> line.is(name)).map(Line::value).findFirst();
    }

    /** With this value instead of all under the name. */
    public HttpHeaders with(String name, String value) {
        return without(name).and(name, value);
    }

    /** With one more line, even if the name is there already. */
    public HttpHeaders and(String name, String value) {
        return new HttpHeaders(
                Stream.concat(lines.stream(), Stream.of(new Line(name, value))).toList());
    }

    /** Without the lines of this name. */
    public HttpHeaders without(String name) {
        return new HttpHeaders(lines.stream().filter(line -> !line.is(name)).toList());
    }

    boolean chunked() {
        return first("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent();
    }

    boolean endsConnection() {
        return first("Connection").filter("close"::equalsIgnoreCase).isPresent();
    }
}
