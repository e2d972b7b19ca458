package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.stack.layout.ProvidersFile;
import io.hermes.stack.layout.StackDirectory;
import io.hermes.systemtests.fault.Processes;
import io.hermes.systemtests.fault.Victim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people and scripts do with {@code hermes}, on the real services. */
@ExtendWith(OnStage.class)
class CommandLineTest {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    /** From a kill to the first answer of the process that follows, on a machine that has much else to do. */
    private static final Duration RESTART_LIMIT = Duration.ofMinutes(5);

    private static final int DOCUMENTS = 5;
    private static final String TAKEN = "b & ü.md";

    private final Path stack = Stage.home().resolve("stack");
    private final Processes processes;

    CommandLineTest(Stage stage) {
        processes = stage.processes();
    }

    /** Two folders, registered: where documents are, and where they shall be. */
    private record Folders(String name, Path source, Path destination) {

        String sourceProvider() {
            return name + "-source";
        }

        String destProvider() {
            return name + "-dest";
        }
    }

    private String succeed(String... words) {
        Prompt prompt = new Prompt(stack);
        assertThat(prompt.run(words)).as(prompt.err()).isZero();
        return prompt.out();
    }

    private JsonNode ask(String... words) throws IOException {
        Prompt prompt = new Prompt(stack);
        String[] forPrograms =
                Stream.concat(Stream.of(words), Stream.of("--output", "json")).toArray(String[]::new);
        assertThat(prompt.run(forPrograms)).as(prompt.err()).isZero();
        return prompt.json();
    }

    private Prompt end(int code, String... words) {
        Prompt prompt = new Prompt(stack);
        assertThat(prompt.run(words)).as(prompt.out() + prompt.err()).isEqualTo(code);
        return prompt;
    }

    private Folders folders(String name) throws IOException {
        Folders folders = documents(name);
        String from = "base_path=" + folders.source();
        String to = "base_path=" + folders.destination();
        succeed("provider", "add", folders.sourceProvider(), "--type", "local", "--set", from, "--read-only");
        succeed(
                "provider",
                "add",
                folders.destProvider(),
                "--type",
                "local",
                "--set",
                to,
                "--set",
                "path_template={path}");
        return folders;
    }

    private static Folders documents(String name) throws IOException {
        Path root = Stage.home().resolve("command-line").resolve(name);
        StackDirectory.deleteTree(root);
        Folders folders = new Folders(
                name, Files.createDirectories(root.resolve("from")), Files.createDirectories(root.resolve("to")));
        for (String document : new String[] {"a.md", TAKEN, "c/d.md", "c/e 100%.md", "f.md"}) {
            Path file = folders.source().resolve(document);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "the text of " + document);
        }
        return folders;
    }

    /** Somebody else's document is where one of ours should go. */
    private static Path takeKey(Folders folders) throws IOException {
        return Files.writeString(folders.destination().resolve(TAKEN), "somebody else's");
    }

    private JsonNode create(Folders folders, String... more) throws IOException {
        return ask(Stream.concat(
                        Stream.of(
                                "job",
                                "create",
                                "--source",
                                folders.sourceProvider(),
                                "--dest",
                                folders.destProvider()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    @Timeout(300)
    void migratesFindsWhatFailedMendsItAndMigratesTheRest() throws IOException {
        // Given a store that answers, and a key that is taken
        Folders folders = folders("session");
        Path foreign = takeKey(folders);
        assertThat(succeed("provider", "test", folders.destProvider()))
                .contains("is healthy", "read_back", "conditionalPut");
        assertThat(succeed("provider", "list", "--type", "local")).contains("session-source", "only read");
        assertThat(succeed("workers")).contains("alive");

        // When the job has run, it tells that something failed, and what
        Prompt run = end(
                6, "job", "create", "--source", folders.sourceProvider(), "--dest", folders.destProvider(), "--watch");
        assertThat(run.out()).contains("completed, but not everything: 4 migrated, 0 skipped, 1 failed");
        assertThat(run.err()).contains("5/5").contains("1 failed");
        String job = ask("job", "list", "--source", folders.sourceProvider())
                .path("jobs")
                .path(0)
                .path("id")
                .asText();
        assertThat(succeed("job", "errors", job)).contains("1 x DEST_CONFLICT", TAKEN, "--code DEST_CONFLICT");
        assertThat(succeed("job", "items", job, "--status", "failed"))
                .contains(TAKEN)
                .doesNotContain("f.md");
        assertThat(succeed("job", "show", job))
                .contains("completed (partial)", "retry", "session-source to session-dest");

        // Then it ends well once that is mended
        Files.delete(foreign);
        assertThat(succeed("job", "retry", job, "--code", "DEST_CONFLICT", "--watch"))
                .contains("5 migrated", "0 failed");
        assertThat(folders.destination().resolve(TAKEN)).hasContent("the text of " + TAKEN);

        // And the same again finds everything there
        JsonNode again = ask("job", "clone", job, "--name", "again", "--watch");
        assertThat(again.path("outcome").asText()).isEqualTo("success");
        assertThat(again.path("skipped").asInt()).isEqualTo(DOCUMENTS);
        // The orchestrator tells the registry a little later that its job needs the store no more
        await("the store is free")
                .atMost(LIMIT)
                .untilAsserted(() -> succeed("provider", "remove", folders.sourceProvider()));
        end(3, "provider", "show", folders.sourceProvider());
    }

    @Test
    @Timeout(300)
    void tellsScriptsHowItEnded() throws IOException {
        // Given
        Folders folders = folders("codes");
        Path foreign = takeKey(folders);
        String cancelled = create(folders).path("id").asText();
        String failed = create(folders, "--max-failures", "0", "--glob", TAKEN)
                .path("id")
                .asText();

        // When Then
        succeed("job", "cancel", cancelled);
        end(8, "job", "watch", cancelled);
        assertThat(end(4, "job", "start", cancelled).err()).contains("JOB_STATE_CONFLICT", "Possible now: clone");
        end(7, "job", "start", failed, "--watch");
        end(3, "job", "show", "999999999");
        end(3, "job", "watch", "999999999");
        end(
                4,
                "provider",
                "add",
                folders.destProvider(),
                "--type",
                "local",
                "--set",
                "base_path=" + foreign.getParent());
        assertThat(end(4, "job", "create", "--name", "x", "--concurrency", "0").err())
                .contains("concurrency must be");
        assertThat(end(4, "provider", "add", "codes-x", "--type", "floppy").err())
                .contains("providerType", "known are", "s3");
    }

    @Test
    @Timeout(600)
    void migratesBetweenStoresThatAFileDescribes() throws IOException {
        // Given a file that the registry takes up
        Folders folders = documents("declared");
        ProvidersFile.write(new StackDirectory(stack), """
                providers:
                - providerName: %s
                  providerType: local
                  isWritable: false
                  config: {base_path: '%s'}
                - providerName: %s
                  providerType: s3
                  config: {endpoint: '${S3_ENDPOINT}', region: '${S3_REGION}', bucket: hermes-archive, prefix: declared,
                           access_key: '${S3_ACCESS_KEY}', secret_key: '${S3_SECRET_KEY}', path_template: '{path}'}
                """.formatted(
                        folders.sourceProvider(), folders.source(), folders.destProvider()));
        await("the providers of the file")
                .atMost(RESTART_LIMIT)
                .untilAsserted(() -> end(0, "provider", "show", folders.destProvider()));

        // When
        String migrated = succeed(
                "job", "create", "--source", folders.sourceProvider(), "--dest", folders.destProvider(), "--watch");

        // Then
        assertThat(migrated).contains("5 migrated, 0 skipped, 0 failed");
        assertThat(end(4, "provider", "remove", folders.destProvider()).err()).contains("edit the file");
    }

    @Test
    @Timeout(600)
    void watchesOnWhenTheOrchestratorWasKilled() throws Exception {
        // Given somebody who watches a job that is not over
        Folders folders = folders("killed-orchestrator");
        String job = create(folders).path("id").asText();
        Prompt watching = new Prompt(stack);
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> watching.run("job", "watch", job));
        await("the job is watched")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(watching.err()).contains("not started yet"));

        // When
        Processes.signal(processes.running(Victim.orchestrator(1)), "KILL");
        await("the outage is over")
                .atMost(RESTART_LIMIT)
                .untilAsserted(() -> assertThat(watching.err())
                        .containsSubsequence("Cannot reach the orchestrator", "trying again", "answers again"));
        succeed("job", "start", job);

        // Then
        assertThat(code.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as(watching.err())
                .isZero();
        assertThat(watching.out()).contains("completed: 5 migrated");
    }

    @Test
    @Timeout(300)
    void leavesTheJobAloneWhenNobodyWatchesAnyMore() throws Exception {
        // Given the real command, watching a job
        Folders folders = folders("left");
        String job = create(folders).path("id").asText();
        Path err = Stage.home().resolve("command-line/left/err");
        Process hermes = new ProcessBuilder("../cli/hermes", "job", "watch", job, "--stack", stack.toString())
                .redirectError(err.toFile())
                .redirectOutput(Path.of("/dev/null").toFile())
                .start();
        await("the job is watched")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(err).content().contains("not started yet"));

        // When it is told to end, as Ctrl-C would; SIGINT itself is ignored where the build runs in the background
        hermes.destroy();

        // Then
        assertThat(hermes.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(hermes.exitValue()).isEqualTo(128 + 15);
        assertThat(err).content().contains("goes on without being watched", "hermes job watch " + job);
        assertThat(ask("job", "show", job).path("status").asText()).isEqualTo("pending");
    }
}
