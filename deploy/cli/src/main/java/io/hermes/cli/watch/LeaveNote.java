package io.hermes.cli.watch;

import java.io.PrintStream;

/** What somebody is told who stops watching with Ctrl-C: that the job goes on, and how to see it again. Close it when the job has ended. */
final class LeaveNote implements AutoCloseable {

    private final Thread atExit;

    LeaveNote(PrintStream err, String job) {
        atExit = new Thread(
                () -> err.println(System.lineSeparator() + "Job " + job
                        + " goes on without being watched. Watch it again: hermes job watch " + job),
                "leave-note");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    @Override
    public void close() {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException leaving) {
            // The JVM ends already, and the note is being given.
            return;
        }
    }
}
