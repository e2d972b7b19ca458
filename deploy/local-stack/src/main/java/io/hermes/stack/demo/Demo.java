package io.hermes.stack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.cli.api.ApiFailure;
import io.hermes.cli.watch.ProgressDisplay;
import io.hermes.stack.LocalStack;
import io.hermes.stack.StackDescription;
import io.hermes.stack.StackFailure;
import io.hermes.stack.StackPlan;
import io.hermes.stack.layout.Installation;
import io.hermes.stack.layout.Ownership;
import io.hermes.stack.layout.ProvidersFile;
import io.hermes.stack.layout.StackDirectory;
import io.hermes.stack.proof.BucketReader;
import io.hermes.stack.proof.SourceFolder;
import io.hermes.stack.proof.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * {@code ./mvnw -Pdemo}: starts a whole stack, migrates a folder into its object store and proves the result. Everything it writes is
 * below the build folder, made anew by every run. {@code stack train} is the same with the services recorded.
 */
public final class Demo {

    /** As wide as every terminal is. */
    private static final int COLUMNS = 80;

    private final Path home = Installation.own().target().resolve("demo");
    private final boolean terminal = Boolean.parseBoolean(System.getenv("HERMES_TERMINAL"));
    private final boolean train = Boolean.getBoolean("demo.train");

    private Demo() {}

    /** Ends the JVM with code 1 unless every document is there and equal. */
    public static void main(String[] arguments) {
        boolean proved = false;
        try {
            proved = new Demo().run();
        } catch (DemoFailure | StackFailure | ApiFailure failure) {
            System.err.println("\nThe demo cannot go on. " + failure.getMessage());
        } catch (IOException | InterruptedException failure) {
            System.err.println("\nThe demo cannot go on: " + failure);
        }
        System.exit(proved ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException, DemoFailure, StackFailure, ApiFailure {
        StackDirectory directory = new StackDirectory(home.resolve("stack"));
        if (Ownership.holder(directory).isPresent()) {
            throw new DemoFailure("Another demo is running in " + home + ".");
        }
        StackDirectory.deleteTree(home);
        SourceFolder source = source();
        ProvidersFile.write(directory, DemoProviders.yaml(source.root()));
        say("Starting PostgreSQL, Kafka, an S3 server and the services; logs are in " + home.resolve("stack/logs"));
        long started = System.nanoTime();
        StackPlan plan = StackPlan.ofWorkers(1);
        try (LocalStack stack =
                LocalStack.start(directory, train ? plan.recording() : plan, line -> say("  " + line))) {
            say("  all ready after %.1f s".formatted(secondsSince(started)));
            boolean proved = migrate(source, stack.description(), directory);
            if (proved && train) {
                keepRecordings(stack);
            } else if (proved) {
                stayIfWanted();
            }
            return proved;
        }
    }

    /** Only of a run in which everything went well, so that no start is ever like one that did not. */
    private static void keepRecordings(LocalStack stack) throws IOException {
        say("Ending the stack; its JVMs write down what they have learnt, which takes some seconds");
        stack.close();
        stack.keepRecordings();
        say("The services of this build start from that from now on.");
    }

    private SourceFolder source() throws IOException, DemoFailure {
        if (!"UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"))) {
            throw new DemoFailure("File names need a UTF-8 locale: use ./mvnw, or set LC_ALL=C.UTF-8.");
        }
        String own = System.getProperty("demo.source");
        if (own != null) {
            Path folder = Path.of(own).toAbsolutePath().normalize();
            if (!Files.isDirectory(folder)) {
                throw new DemoFailure("-Ddemo.source=" + own + " is not a folder.");
            }
            say("Migrating your folder " + folder + ", which is only read");
            return new SourceFolder(folder.toRealPath());
        }
        Path folder = home.resolve("documents");
        say("Writing " + SampleFolder.DOCUMENTS + " documents to " + folder);
        SampleFolder.write(folder, SampleFolder.DOCUMENTS, SampleFolder.SEED);
        return new SourceFolder(folder);
    }

    private boolean migrate(SourceFolder source, StackDescription stack, StackDirectory directory)
            throws IOException, InterruptedException, ApiFailure, DemoFailure {
        MigrationJob job = new MigrationJob(stack);
        say("Starting a copy job between local-primary and s3-archive, which are described by "
                + directory.providers());
        job.awaitProviders();
        long started = System.nanoTime();
        String id = job.start();
        JsonNode progress = job.follow(id, new ProgressDisplay(System.out, terminal, COLUMNS));
        double seconds = secondsSince(started);
        if (progress.path("failed").asLong() > 0) {
            say("Failed items: " + job.failures(id).toPrettyString());
        }
        say("Checking without the services: every object is read again and compared with its source");
        BucketReader bucket = new BucketReader(stack.s3(), MigrationJob.BUCKET);
        Verification result = Verification.of(source, bucket, MigrationJob.PREFIX + "/");
        Summary summary = new Summary(stack, directory.root(), id, progress, result, seconds);
        summary.lines().forEach(Demo::say);
        return summary.proves();
    }

    /** On a terminal the stack is there to be tried; where nobody can press Ctrl-C it would be there for ever. */
    private void stayIfWanted() throws InterruptedException {
        boolean exit = Boolean.parseBoolean(System.getProperty("demo.exit", Boolean.toString(!terminal)));
        if (!exit) {
            say("\nThe stack stays up until you press Ctrl-C.");
            new CountDownLatch(1).await();
        }
    }

    private static double secondsSince(long since) {
        return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1000.0;
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
