package io.hermes.stack.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A supervisor with one child of each kind, to be killed by a test. Writes the process ids of the children to a file. */
public final class SupervisingMain {

    /** Whoever is started in the background of a script ignores interrupts, and so would this program; a database does not. */
    private static final String[] INTERRUPTIBLE = {"env", "--default-signal=INT", "sleep", "1000"};

    private SupervisingMain() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Supervisor supervisor = new Supervisor(new Quiet(), Duration.ofSeconds(5));
        List<String> pids = supervisor
                .start(List.of(
                        TestPrograms.idleJvm("idle", folder), TestPrograms.foreign("foreign", folder, INTERRUPTIBLE)))
                .stream()
                .map(child -> Long.toString(child.pid().orElseThrow()))
                .toList();
        Path draft = Files.write(folder.resolve("pids.draft"), pids);
        Files.move(draft, folder.resolve("pids"));
        new CountDownLatch(1).await();
    }

    private static final class Quiet implements SupervisorListener {

        @Override
        public void started(Child child) {}

        @Override
        public void log(String line) {}
    }
}
