package io.hermes.cli.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Puts into a body what was given on the command line, and only that: the service knows the defaults. */
record Given(ObjectNode body) {

    void text(String name, String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    void number(String name, Number value) {
        if (value != null) {
            body.put(name, value.longValue());
        }
    }

    /** A number where it is one, else the words as they are. */
    void numberOrText(String name, String value) {
        if (value != null && value.matches("[0-9]{1,9}")) {
            body.put(name, Long.parseLong(value));
        } else {
            text(name, value);
        }
    }

    /** The same, where one word takes away what was there. */
    void numberOrTextOrNull(String name, String value, String none) {
        if (none.equals(value)) {
            body.putNull(name);
        } else {
            numberOrText(name, value);
        }
    }

    void flag(String name, Boolean value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    void texts(String name, List<String> values) {
        if (values != null && !values.isEmpty()) {
            ArrayNode array = body.putArray(name);
            values.forEach(array::add);
        }
    }
}
