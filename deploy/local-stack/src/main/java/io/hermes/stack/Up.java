package io.hermes.stack;

import io.hermes.stack.layout.Installation;
import io.hermes.stack.layout.Ownership;
import io.hermes.stack.layout.StackDirectory;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts the supervisor in a session of its own, where it outlives this command and its terminal, and waits until it is ready. */
final class Up {

    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final int POLL_MILLIS = 50;

    private Up() {}

    static boolean run(StackDirectory directory, int workers) throws IOException {
        if (Ownership.holder(directory).isPresent()) {
            Optional<StackDescription> running = StackDescription.of(directory);
            running.ifPresentOrElse(
                    stack -> announce("already running", stack),
                    () -> System.err.println("another 'stack up' is at work on " + directory.root()));
            return running.isPresent();
        }
        Files.deleteIfExists(directory.description());
        Files.deleteIfExists(directory.failure());
        Process supervisor = launch(directory, workers);
        // Whoever interrupts this command does not want a stack.
        Thread abandon = new Thread(supervisor::destroy);
        Runtime.getRuntime().addShutdownHook(abandon);
        boolean ready = awaitReady(directory, supervisor);
        Runtime.getRuntime().removeShutdownHook(abandon);
        return ready;
    }

    private static Process launch(StackDirectory directory, int workers) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + directory.freshTemporary("supervisor"),
                "-cp",
                Installation.own().ownClassPath(),
                StackCommand.class.getName(),
                "supervise",
                "--data",
                directory.root().toString(),
                "--workers",
                Integer.toString(workers)));
        Path log = directory.log("supervisor");
        Files.createDirectories(log.getParent());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
    }

    private static boolean awaitReady(StackDirectory directory, Process supervisor) throws IOException {
        try {
            while (!supervisor.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                Optional<StackDescription> ready = StackDescription.of(directory);
                if (ready.isPresent()) {
                    announce("ready", ready.orElseThrow());
                    return true;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
        System.err.println(
                Files.exists(directory.failure())
                        ? Files.readString(directory.failure())
                        : "The supervisor ended; see " + directory.log("supervisor"));
        return false;
    }

    private static void announce(String how, StackDescription stack) {
        System.out.println("The stack is " + how + ".");
        System.out.println("  registry      " + stack.registry().url());
        System.out.println("  orchestrator  " + stack.orchestrator().url());
        stack.workers().forEach(worker -> System.out.println("  worker        " + worker.url()));
        System.out.println("  postgres      " + stack.postgres().host() + ":"
                + stack.postgres().port());
        System.out.println("  kafka         " + stack.kafka().bootstrapServers());
        System.out.println("  s3            " + stack.s3().endpoint());
        System.out.println("Process ids, credentials and the admin token are in stack.json in the data folder.");
    }
}
