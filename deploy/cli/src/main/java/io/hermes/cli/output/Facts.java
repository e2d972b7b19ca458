package io.hermes.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What is known about one thing: a name and a value on each line. What is not known is left out. */
public final class Facts {

    private static final int WIDTH = 16;

    private final List<String> lines = new ArrayList<>();

    /** One fact. */
    public Facts add(String name, String value) {
        if (!value.equals("-")) {
            lines.add("  " + name + " ".repeat(Math.max(1, WIDTH - name.length())) + Plain.line(value));
        }
        return this;
    }

    /** One fact as the answer has it. */
    public Facts add(String name, JsonNode value) {
        return add(name, Plain.value(value));
    }

    /** Them all, under a title. */
    public List<String> under(String title) {
        List<String> all = new ArrayList<>();
        all.add(Plain.line(title));
        all.addAll(lines);
        return all;
    }
}
