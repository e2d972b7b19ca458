package io.hermes.cli.hcl;

import java.util.List;

/** What stands in a file or between the braces of a block, in its order. */
public record Body(List<Attribute> attributes, List<Block> blocks) {

    public Body {
        attributes = List.copyOf(attributes);
        blocks = List.copyOf(blocks);
    }

    /**
     * {@code name = value}.
     *
     * @param line where it begins, counted from 1
     */
    public record Attribute(String name, Value value, int line) {}

    /**
     * <code>type "label" { … }</code>, or an attribute that is set to an object.
     *
     * @param line where it begins, counted from 1
     */
    public record Block(String type, List<String> labels, Body body, int line) {

        public Block {
            labels = List.copyOf(labels);
        }
    }

    /** Reads a whole file. */
    public static Body of(String text) throws HclFault {
        return new HclReader(new HclTokens(text).all()).file();
    }
}
