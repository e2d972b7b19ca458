package io.hermes.cli.hcl;

import io.hermes.cli.hcl.Body.Attribute;
import io.hermes.cli.hcl.Body.Block;
import io.hermes.cli.hcl.HclToken.Kind;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts words of HCL together. What is not closed, not separated or there twice is a fault: it may be half of a file. */
final class HclReader {

    private static final int DEEPEST = 32;
    private static final Map<String, String> CLOSING = Map.of("(", ")", "[", "]", "{", "}");

    private final List<HclToken> tokens;
    private int at;
    private int depth;

    HclReader(List<HclToken> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    Body file() throws HclFault {
        Body body = body(false);
        if (!here().is(Kind.END)) {
            throw new HclFault(here().line(), "a brace closes what was never opened");
        }
        return body;
    }

    /** @param object whether its entries may also be separated by commas, and set with colons */
    private Body body(boolean object) throws HclFault {
        List<Attribute> attributes = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (skipLineEnds(); !here().is("}") && !here().is(Kind.END); skipLineEnds()) {
            HclToken name = next();
            if (!name.is(Kind.NAME) && !(object && name.is(Kind.TEXT))) {
                throw new HclFault(name.line(), "a setting or a block begins with its name");
            }
            boolean set = here().is("=") || (object && here().is(":"));
            if (set && !names.add(name.text())) {
                throw new HclFault(name.line(), "'" + name.text() + "' is set twice in the same block");
            }
            if (set && tokens.get(at + 1).is("{")) {
                at++;
                blocks.add(new Block(name.text(), List.of(), braces(name, true), name.line()));
            } else if (set) {
                at++;
                attributes.add(new Attribute(name.text(), value(object), name.line()));
            } else {
                blocks.add(new Block(name.text(), labels(name), braces(name, false), name.line()));
            }
            requireSeparation(object);
        }
        return new Body(attributes, blocks);
    }

    private List<String> labels(HclToken name) throws HclFault {
        List<String> labels = new ArrayList<>();
        while (here().is(Kind.TEXT) || here().is(Kind.NAME)) {
            labels.add(next().text());
        }
        if (!here().is("{")) {
            throw new HclFault(name.line(), "'" + name.text() + "' needs = and a value, or a block between braces");
        }
        return labels;
    }

    private Body braces(HclToken name, boolean object) throws HclFault {
        at++;
        if (++depth > DEEPEST) {
            throw new HclFault(name.line(), "blocks are nested deeper than a configuration is");
        }
        Body body = body(object);
        if (!here().is("}")) {
            throw new HclFault(name.line(), "the block '" + name.text() + "' that begins here is never closed");
        }
        at++;
        depth--;
        return body;
    }

    private void requireSeparation(boolean object) throws HclFault {
        if (object && here().is(",")) {
            at++;
        } else if (!ends(false)) {
            throw new HclFault(here().line(), "the next setting or block needs a line of its own");
        }
    }

    /** @param among whether a comma ends it too */
    private Value value(boolean among) throws HclFault {
        int begin = at;
        Value literal = literal();
        if (literal != null && ends(among)) {
            return literal;
        }
        at = begin;
        skipExpression(among);
        if (at == begin) {
            throw new HclFault(here().line(), "a value is missing");
        }
        return new Value.Expression();
    }

    /** What stands here; {@code null} if it has to be evaluated. */
    private Value literal() throws HclFault {
        HclToken token = next();
        return switch (token.kind()) {
            case TEXT -> new Value.Text(token.text());
            case NUMBER -> new Value.Amount(new BigDecimal(token.text()));
            case NAME ->
                switch (token.text()) {
                    case "true" -> new Value.Truth(true);
                    case "false" -> new Value.Truth(false);
                    case "null" -> new Value.Nothing();
                    case "env" -> variable();
                    default -> null;
                };
            case SYMBOL -> token.is("[") ? several(token) : back();
            case TEMPLATE, LINE_END, END -> back();
        };
    }

    private Value back() {
        at--;
        return null;
    }

    private Value variable() {
        boolean called = here().is("(")
                && tokens.get(at + 1).is(Kind.TEXT)
                && tokens.get(at + 2).is(")");
        if (!called || !tokens.get(at + 1).text().matches("[A-Za-z_][A-Za-z0-9_]*")) {
            return null;
        }
        at += 3;
        return new Value.Variable(tokens.get(at - 2).text());
    }

    private Value several(HclToken open) throws HclFault {
        List<Value> values = new ArrayList<>();
        if (++depth > DEEPEST) {
            throw new HclFault(open.line(), "lists are nested deeper than a configuration is");
        }
        for (skipLineEnds(); !here().is("]"); skipLineEnds()) {
            values.add(value(true));
            skipLineEnds();
            if (here().is(",")) {
                at++;
            } else if (!here().is("]")) {
                throw new HclFault(open.line(), "the list that begins here is never closed");
            }
        }
        at++;
        depth--;
        return new Value.Several(values);
    }

    /** Line ends do not end it between its own brackets. Two values beside each other are none: the second one is forgotten. */
    private void skipExpression(boolean among) throws HclFault {
        int begin = here().line();
        Deque<String> open = new ArrayDeque<>();
        HclToken before = null;
        while (!open.isEmpty() || !ends(among)) {
            HclToken token = next();
            if (open.isEmpty() && !among && before != null && before.isOperand() && token.isOperand()) {
                throw new HclFault(token.line(), "behind its value a setting ends with its line");
            }
            String closing = token.is(Kind.SYMBOL) ? CLOSING.get(token.text()) : null;
            if (closing != null) {
                open.push(closing);
            } else if (token.is(open.peek())) {
                open.pop();
            } else if (token.is(Kind.END) || token.is(")") || token.is("]") || token.is("}")) {
                throw new HclFault(begin, "brackets of the value that begins here do not fit together");
            }
            before = token;
        }
    }

    /** Whether what stood before is over. */
    private boolean ends(boolean among) {
        return here().is(Kind.LINE_END)
                || here().is(Kind.END)
                || here().is("}")
                || (among && (here().is(",") || here().is("]")));
    }

    private void skipLineEnds() {
        while (here().is(Kind.LINE_END)) {
            at++;
        }
    }

    private HclToken here() {
        return tokens.get(at);
    }

    private HclToken next() {
        HclToken token = tokens.get(at);
        at += token.is(Kind.END) ? 0 : 1;
        return token;
    }
}
