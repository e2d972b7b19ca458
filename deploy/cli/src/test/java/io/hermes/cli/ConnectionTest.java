package io.hermes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is asked, and in whose name. */
class ConnectionTest {

    private static final String NO_WORKERS = "{\"workers\":[],\"count\":0}";

    @TempDir
    Path home;

    private Service service;

    @BeforeEach
    void open() throws IOException {
        service = new Service().answer(200, NO_WORKERS);
    }

    @AfterEach
    void close() throws IOException {
        service.close();
    }

    private Path stack(String url) throws IOException {
        Path folder = Files.createDirectories(home.resolve("stack"));
        Files.writeString(
                folder.resolve("stack.json"),
                "{\"registries\":[{\"url\":\"%s\",\"pid\":1}],\"orchestrators\":[{\"url\":\"%s\",\"pid\":2}],\"token\":\"of-the-stack\"}"
                        .formatted(url, url));
        return folder;
    }

    private Path profile(String text) throws IOException {
        Path file = home.resolve(".config/hermes/cli.properties");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private void assertAsked(Shell.Result result, String token) {
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(service.onlyRequest().line()).isEqualTo("GET /api/v2/migrations/workers HTTP/1.1");
        assertThat(service.onlyRequest().head()).containsIgnoringCase("authorization: Bearer " + token + "\r\n");
    }

    @Test
    void readsWhatALocalStackPublishes() throws IOException {
        // Given
        Path folder = stack(service.url());

        // When
        Shell.Result result = new Shell(home).run("workers", "--stack", folder.toString());

        // Then
        assertAsked(result, "of-the-stack");
    }

    @Test
    void findsTheStackThatTheEnvironmentNamesWhenNothingElseIsSaid() throws IOException {
        // Given
        Shell shell = new Shell(home).with("HERMES_STACK", stack(service.url()).toString());

        // When
        Shell.Result result = shell.run("workers");

        // Then
        assertAsked(result, "of-the-stack");
    }

    @Test
    void saysHowToStartAStackThatIsNotThere() {
        // When
        Shell.Result result = new Shell(home).run("--stack", home.toString(), "workers");

        // Then
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains("No stack is ready in " + home, "stack up --data " + home);
    }

    @Test
    void readsTheProfileOfTheUser() throws IOException {
        // Given a token file named relative to the profile
        profile("orchestrator-url=" + service.url() + "/\ntoken-file=token\n");
        Files.writeString(home.resolve(".config/hermes/token"), "of-the-file\n");

        // When
        Shell.Result result = new Shell(home).run("workers");

        // Then
        assertAsked(result, "of-the-file");
    }

    @Test
    void believesTheEnvironmentMoreThanTheProfile() throws IOException {
        // Given
        profile("orchestrator-url=http://127.0.0.1:1\ntoken-file=missing\n");
        Shell shell = new Shell(home)
                .with("HERMES_ORCHESTRATOR_URL", service.url())
                .with("HERMES_TOKEN", "of-the-environment");

        // When
        Shell.Result result = shell.run("workers");

        // Then
        assertAsked(result, "of-the-environment");
    }

    @Test
    void believesOptionsMost() throws IOException {
        // Given
        Path file = Files.writeString(home.resolve("token"), "of-the-option");
        Shell shell = new Shell(home)
                .with("HERMES_ORCHESTRATOR_URL", "http://127.0.0.1:1")
                .with("HERMES_TOKEN", "of-the-environment");

        // When
        Shell.Result result =
                shell.run("workers", "--token-file", file.toString(), "--orchestrator-url", service.url());

        // Then
        assertAsked(result, "of-the-option");
    }

    @Test
    void refusesAProfileWithSettingsThatMeanNothing() throws IOException {
        // Given
        profile("orchestrator=http://127.0.0.1:1\n");

        // When
        Shell.Result result = new Shell(home).run("workers");

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("unknown settings: orchestrator", "orchestrator-url");
    }

    @Test
    void refusesATokenThatIsNone() {
        // When
        Shell.Result result = new Shell(home).with("HERMES_TOKEN", "two words").run("workers");

        // Then
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("HERMES_TOKEN").doesNotContain("two words");
    }

    @Test
    void saysWhereNobodyAnswers() {
        // Given a port that nothing listens on any more
        String url = closedUrl();

        // When
        Shell.Result result = new Shell(home).run("workers", "--orchestrator-url", url);

        // Then
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains("Cannot reach the orchestrator at " + url);
    }

    private static String closedUrl() {
        try (Service gone = new Service()) {
            return gone.url();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
