package io.hermes.stack;

import io.hermes.stack.layout.Ownership;
import io.hermes.stack.layout.StackDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The command line of the local stack. */
public final class StackCommand {

    private static final String USAGE = """
            usage: stack up     --data DIR [--workers N]   starts what is missing, waits until it is ready
                   stack status --data DIR                 what runs, and how it is
                   stack down   --data DIR                 ends it, keeps the data
                   stack train                             records a demo, from which later starts profit""";
    private static final Duration DOWN_LIMIT = Duration.ofSeconds(25);

    private StackCommand() {}

    /** Ends the JVM with code 0 when the command was carried out, 1 when not, 2 when it was not understood. */
    public static void main(String[] arguments) throws IOException {
        Optional<Arguments> understood = Arguments.of(List.of(arguments));
        if (understood.isEmpty()) {
            System.err.println(USAGE);
            System.exit(2);
        }
        Arguments given = understood.orElseThrow();
        StackDirectory directory = new StackDirectory(given.data());
        boolean done = switch (given.verb()) {
            case UP -> Up.run(directory, given.workers());
            case STATUS -> status(directory);
            case DOWN -> down(directory);
            case SUPERVISE -> supervise(directory, given.workers());
        };
        System.exit(done ? 0 : 1);
    }

    private static boolean status(StackDirectory directory) throws IOException {
        Optional<ProcessHandle> supervisor = Ownership.holder(directory);
        Optional<StackDescription> stack = StackDescription.of(directory);
        if (supervisor.isEmpty() || stack.isEmpty()) {
            System.out.println(supervisor.isEmpty() ? "not running" : "starting or ending");
            return false;
        }
        StatusTable table = StatusTable.of(stack.orElseThrow());
        table.lines().forEach(System.out::println);
        return table.allHealthy();
    }

    private static boolean down(StackDirectory directory) throws IOException {
        Optional<ProcessHandle> supervisor = Ownership.holder(directory);
        if (supervisor.isEmpty()) {
            System.out.println("not running");
            return true;
        }
        ProcessHandle process = supervisor.orElseThrow();
        process.destroy();
        try {
            process.onExit().get(DOWN_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException stuck) {
            // The children watch the supervisor and end with it.
            process.destroyForcibly();
        } catch (ExecutionException | InterruptedException failure) {
            throw new IOException(failure);
        }
        System.out.println("stopped; the data is kept in " + directory.root());
        return true;
    }

    /** Runs in the detached process: owns the children until it is told to end. */
    private static boolean supervise(StackDirectory directory, int workers) throws IOException {
        try {
            LocalStack unused = LocalStack.start(directory, StackPlan.ofWorkers(workers), StackCommand::log);
            log("ready");
            new CountDownLatch(1).await();
            return true;
        } catch (StackFailure | RuntimeException failure) {
            log("failed: " + failure.getMessage());
            byte[] why = String.valueOf(failure.getMessage()).getBytes(StandardCharsets.UTF_8);
            StackDirectory.writePrivately(directory.failure(), why);
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void log(String line) {
        System.out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line);
    }

    /** What was typed. */
    record Arguments(Verb verb, Path data, int workers) {

        enum Verb {
            UP,
            STATUS,
            DOWN,
            /** Not for people: what {@code up} starts in the background. */
            SUPERVISE
        }

        private static final int MOST_WORKERS = 64;

        static Optional<Arguments> of(List<String> words) {
            if (words.isEmpty() || words.size() % 2 == 0) {
                return Optional.empty();
            }
            Optional<Verb> verb = verb(words.getFirst());
            Path data = null;
            int workers = 1;
            for (int index = 1; index < words.size(); index += 2) {
                String value = words.get(index + 1);
                switch (words.get(index)) {
                    case "--data" -> data = Path.of(value);
                    case "--workers" -> workers = number(value);
                    default -> verb = Optional.empty();
                }
            }
            if (verb.isEmpty() || data == null || data.toString().isEmpty() || workers < 1) {
                return Optional.empty();
            }
            return Optional.of(new Arguments(verb.orElseThrow(), data, workers));
        }

        private static Optional<Verb> verb(String word) {
            return java.util.Arrays.stream(Verb.values())
                    .filter(verb ->
                            verb.name().toLowerCase(java.util.Locale.ROOT).equals(word))
                    .findFirst();
        }

        private static int number(String word) {
            return word.matches("[0-9]{1,3}") && Integer.parseInt(word) <= MOST_WORKERS ? Integer.parseInt(word) : 0;
        }
    }
}
