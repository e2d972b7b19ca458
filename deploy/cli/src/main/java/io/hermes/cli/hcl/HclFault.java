package io.hermes.cli.hcl;

/** What is wrong with a text that should be HCL, and on which line. Never repeats the text: a secret may stand there. */
public final class HclFault extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong with the line, and what would be right */
    public HclFault(int line, String message) {
        super("line " + line + ": " + message);
    }
}
