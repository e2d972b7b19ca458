package io.hermes.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** Text from elsewhere, made safe to show: a document's name may hold line ends, and what a terminal takes for orders. */
public final class Plain {

    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

    private Plain() {}

    /** The text on one line. */
    public static String line(String text) {
        return CONTROL.matcher(text).replaceAll("�");
    }

    /** A value of an answer on one line; {@code -} for what is not there. */
    public static String value(JsonNode value) {
        boolean absent = value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.textValue().isEmpty());
        return absent ? "-" : line(value.isValueNode() ? value.asText() : value.toString());
    }

    /** A point in time, to the second. */
    public static String time(JsonNode instant) {
        return value(instant).replaceFirst("\\.[0-9]+Z$", "Z");
    }
}
