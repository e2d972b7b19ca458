package io.hermes.cli.hcl;

/**
 * One word of HCL.
 *
 * @param text a name, a number or a symbol as it stands there, a text as it is meant; of the others nothing
 * @param line counted from 1
 */
record HclToken(Kind kind, String text, int line) {

    enum Kind {
        NAME,
        NUMBER,
        TEXT,
        /** A text that something has to be put into. */
        TEMPLATE,
        SYMBOL,
        LINE_END,
        END
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Whether it stands for a value by itself. */
    boolean isOperand() {
        return switch (kind) {
            case NAME, NUMBER, TEXT, TEMPLATE -> true;
            case SYMBOL, LINE_END, END -> false;
        };
    }
}
