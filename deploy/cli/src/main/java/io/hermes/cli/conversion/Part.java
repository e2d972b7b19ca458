package io.hermes.cli.conversion;

import io.hermes.cli.hcl.Body;
import io.hermes.cli.hcl.Body.Attribute;
import io.hermes.cli.hcl.Body.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The body of one block while it is converted. Whatever nobody asked for can be named at the end, so that nothing is lost silently. */
final class Part {

    private final String place;
    private final Remarks remarks;
    private final List<Attribute> attributes;
    private final List<Block> blocks;

    Part(String place, Body body, Remarks remarks) {
        this.place = place;
        this.remarks = remarks;
        this.attributes = new ArrayList<>(body.attributes());
        this.blocks = new ArrayList<>(body.blocks());
    }

    /** The attribute of this name, which counts as seen now. */
    Optional<Attribute> take(String name) {
        Optional<Attribute> found =
                attributes.stream().filter(one -> one.name().equals(name)).findFirst();
        found.ifPresent(attributes::remove);
        return found;
    }

    /** The blocks of this type, which count as seen now. */
    List<Block> takeBlocks(String type) {
        List<Block> found =
                blocks.stream().filter(one -> one.type().equals(type)).toList();
        blocks.removeAll(found);
        return found;
    }

    /** A block in this one. */
    Part within(Block block) {
        return new Part(place(name(block)), block.body(), remarks);
    }

    void remark(Attribute attribute, String sentence) {
        remarks.add(attribute.line(), place(attribute.name()), sentence);
    }

    void remark(Block block, String sentence) {
        remarks.add(block.line(), place(name(block)), sentence);
    }

    /** @param line of what it is missing in */
    void remarkMissing(int line, String name, String sentence) {
        remarks.add(line, place(name), sentence);
    }

    /** Names everything that nobody asked for. */
    void remarkRest(String sentence) {
        attributes.forEach(left -> remark(left, sentence));
        blocks.forEach(left -> remark(left, sentence));
        attributes.clear();
        blocks.clear();
    }

    private static String name(Block block) {
        return block.labels().isEmpty() ? block.type() : String.join(".", block.labels());
    }

    private String place(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }
}
