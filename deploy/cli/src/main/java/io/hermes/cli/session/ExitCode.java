package io.hermes.cli.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How a command ends. Scripts rely on the numbers, so none ever changes its meaning. */
public enum ExitCode {
    DONE(0, "done; a watched job migrated or skipped every document"),
    UNEXPECTED(1, "something that should not happen did"),
    USAGE(2, "the command line was not understood"),
    NOT_FOUND(3, "there is no such job, provider or document"),
    REFUSED(4, "the service refused: wrong request, wrong state, or not allowed"),
    TEMPORARY(5, "a service or store cannot be reached, or an answer broke off; try again later"),
    SOME_FAILED(6, "the watched job completed, but some documents failed"),
    JOB_FAILED(7, "the watched job failed, or every document of it did"),
    JOB_CANCELLED(8, "the watched job was cancelled");

    /** What the shell makes of Ctrl-C; the watched job goes on. */
    private static final String INTERRUPTED = "130  interrupted with Ctrl-C; a watched job goes on";

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** What the shell sees. */
    public int number() {
        return number;
    }

    /** One line each, for the help. */
    public static List<String> explained() {
        List<String> lines = new ArrayList<>(Arrays.stream(values())
                .map(code -> "%3d  %s".formatted(code.number, code.meaning))
                .toList());
        lines.add(INTERRUPTED);
        return lines;
    }
}
