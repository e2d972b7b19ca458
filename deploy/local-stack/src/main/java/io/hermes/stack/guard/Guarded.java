package io.hermes.stack.guard;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class and halts this JVM as soon as standard input ends. Whoever started the process holds the other end of that
 * pipe, and the operating system closes it even after a {@code kill -9}: so no child outlives its supervisor. The process id is the
 * one of the real program, because nothing stands between it and its supervisor.
 */
public final class Guarded {

    private static final int ORPHANED = 143;

    private Guarded() {}

    /** The first argument names the main class, the others are its own. */
    public static void main(String[] arguments) throws Throwable {
        Thread watch = new Thread(() -> haltAtEndOf(System.in), "supervisor-watch");
        watch.setDaemon(true);
        watch.start();
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    private static void haltAtEndOf(InputStream input) {
        try {
            while (input.read() >= 0) {
                // Nobody writes; only the end matters.
            }
        } catch (IOException broken) {
            // A broken pipe is an end too.
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
