package io.hermes.storage.testing;

import java.io.IOException;
import java.io.InputStream;

/**
 * Runs another program's {@code main} in this process and ends the process when its standard input ends. The parent holds the other
 * end of that pipe, so the process cannot outlive it, not even when the parent is killed.
 *
 * <p>It stands alone: only this one class file is on the child's class path besides the program.
 */
public final class ParentGuard {

    private ParentGuard() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Thread watch = new Thread(ParentGuard::haltAtEndOfInput, "parent-guard");
        watch.setDaemon(true);
        watch.start();
        String[] rest = new String[args.length - 1];
        System.arraycopy(args, 1, rest, 0, rest.length);
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    }

    private static void haltAtEndOfInput() {
        InputStream input = System.in;
        try {
            while (input.read() >= 0) {
                // Whatever is written is of no interest, only that the pipe is open.
            }
        } catch (IOException broken) {
            // A broken pipe is an ended parent.
        }
        Runtime.getRuntime().halt(0);
    }
}
