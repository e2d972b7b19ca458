package io.hermes.cli.hcl;

import java.math.BigDecimal;
import java.util.List;

/** What an attribute is set to. */
public sealed interface Value {

    /** Words between quotes, as they were meant. */
    record Text(String text) implements Value {

        /** Shows nothing: it may be a secret. */
        @Override
        public String toString() {
            return "Text[]";
        }
    }

    /** A number that is not negative. */
    record Amount(BigDecimal number) implements Value {}

    /** {@code true} or {@code false}. */
    record Truth(boolean truth) implements Value {}

    /** {@code null}. */
    record Nothing() implements Value {}

    /** <code>env("NAME")</code>: a variable of the environment. */
    record Variable(String name) implements Value {}

    /** {@code [a, b]}. */
    record Several(List<Value> values) implements Value {

        public Several {
            values = List.copyOf(values);
        }
    }

    /** Anything that would have to be evaluated, which nobody does here. */
    record Expression() implements Value {}
}
