package io.hermes.cli.session;

/**
 * Where people look, as the start script found it.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is one
 * @param columns its width
 */
public record Screen(boolean out, boolean err, int columns) {

    private static final int NARROWEST = 40;
    private static final int STANDARD = 80;

    public Screen {
        columns = Math.max(NARROWEST, columns);
    }

    /** No terminal at all. */
    public static Screen none() {
        return new Screen(false, false, STANDARD);
    }

    /** What {@code deploy/cli/hermes} says. */
    public static Screen ofProperties() {
        return new Screen(
                Boolean.getBoolean("hermes.terminal.out"),
                Boolean.getBoolean("hermes.terminal.err"),
                Integer.getInteger("hermes.terminal.columns", STANDARD));
    }
}
