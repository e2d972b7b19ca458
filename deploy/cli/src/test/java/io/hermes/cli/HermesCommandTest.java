package io.hermes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says of itself. */
class HermesCommandTest {

    @TempDir
    Path home;

    @Test
    void namesEveryCommandAndExitCodeWhenNothingIsAsked() {
        // When
        Shell.Result result = new Shell(home).run();

        // Then
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("provider add", "provider test", "provider list", "provider show", "provider remove")
                .contains("provider statistics", "provider scan", "provider import-hcl")
                .contains("job create", "job start", "job watch", "job list", "job show", "job pause", "job resume")
                .contains("job cancel", "job retry", "job clone", "job errors", "job items", "job export", "workers")
                .contains("--stack", "--token-file", "HERMES_TOKEN", "--output")
                .contains("  0  done", "  6  the watched job completed, but some", "130  interrupted");
        assertThat(result.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "provider add",
                "provider import-hcl",
                "provider test",
                "provider list",
                "provider show",
                "provider remove",
                "provider statistics",
                "provider scan",
                "job create",
                "job start",
                "job watch",
                "job list",
                "job show",
                "job pause",
                "job resume",
                "job cancel",
                "job retry",
                "job clone",
                "job errors",
                "job items",
                "job export",
                "workers",
                "completion"
            })
    void explainsEachCommandWithItsOwnOptionsOnly(String command) {
        // When
        Shell.Result result = new Shell(home).run((command + " --help").split(" "));

        // Then
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("Usage: hermes " + command).doesNotContain("--registry-url");
        assertThat(result.out().lines()).as("width").allMatch(line -> line.length() <= 120);
    }

    @Test
    void saysWhichVersionItIs() {
        // When
        Shell.Result result = new Shell(home).run("--version");

        // Then
        assertThat(result.code()).isZero();
        assertThat(result.out()).matches("hermes [0-9]+\\.[0-9]+\\.[0-9]+.*\\R");
    }

    @Test
    void takesAGroupAloneForAQuestion() {
        // When
        Shell.Result result = new Shell(home).run("job");

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("Usage: hermes job", "export");
        assertThat(result.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "job lst",
                "job list --limit 0",
                "job list --limit many",
                "job show",
                "job export 7",
                "job export 7 -o x --format xml",
                "job retry 7 --code X --item 1",
                "job create --min-size 10Q",
                "job create --modified-before yesterday",
                "job list --token open-sesame",
                "provider add x",
                "provider import-hcl",
                "--output xml job list"
            })
    void refusesWhatItDoesNotUnderstand(String line) {
        // When
        Shell.Result result = new Shell(home).run(line.split(" "));

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("hermes: ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void writesACompletionScriptThatBashUnderstands() throws IOException, InterruptedException {
        // Given
        Shell.Result result = new Shell(home).run("completion");
        assertThat(result.code()).isZero();

        // When
        Process bash =
                new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var in = bash.outputWriter(StandardCharsets.UTF_8)) {
            in.write(result.out());
        }
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).as(said).isZero();
        assertThat(result.out()).contains("skip_identical", "--idempotency-key", "export");
    }
}
