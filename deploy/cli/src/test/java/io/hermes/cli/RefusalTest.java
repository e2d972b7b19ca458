package io.hermes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A refusal is one line that says what to do, and a code that a script can rely on. */
class RefusalTest {

    @TempDir
    Path home;

    private Service service;

    @BeforeEach
    void open() throws IOException {
        service = new Service();
    }

    @AfterEach
    void close() throws IOException {
        service.close();
    }

    @Test
    void namesWhatIsPossibleInstead() {
        // Given
        service.answer(409, """
            {"type":"/problems/job-state-conflict","title":"Action not possible in this state","status":409,
             "code":"JOB_STATE_CONFLICT","detail":"Job 'a' is completed; only a running job can be paused.",
             "currentStatus":"completed","allowedActions":["retry","clone"]}\
            """);

        // When
        Shell.Result result = Shell.facing(service, home).run("job", "pause", "7");

        // Then
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err())
                .isEqualTo("hermes: JOB_STATE_CONFLICT: Job 'a' is completed; only a running job can be paused."
                        + " Possible now: retry, clone.\n");
        assertThat(service.onlyRequest().line()).isEqualTo("POST /api/v2/migrations/jobs/7/pause HTTP/1.1");
    }

    @Test
    void namesEveryFieldThatIsWrong() {
        // Given
        service.answer(400, """
            {"code":"VALIDATION_FAILED","detail":"Correct the fields named in 'violations'.","violations":[
             {"field":"concurrency","in":"body","message":"must be between 1 and 4096"},
             {"field":"jobName","in":"body","message":"must not be blank"}]}\
            """);

        // When
        Shell.Result result = Shell.facing(service, home).run("job", "create", "--name", "", "--concurrency", "9999");

        // Then
        assertThat(result.code()).isEqualTo(4);
        assertThat(result.err())
                .isEqualTo("hermes: VALIDATION_FAILED: concurrency must be between 1 and 4096; jobName must not be"
                        + " blank.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "401, 4, HERMES_TOKEN",
        "403, 4, ''",
        "404, 3, ''",
        "412, 4, ''",
        "429, 5, ''",
        "500, 1, ''",
        "503, 5, ''"
    })
    void hasACodeForEachKind(int status, int code, String advice) {
        // Given
        service.answer(status, "{\"code\":\"SOME_CODE\",\"detail\":\"Something.\"}");

        // When
        Shell.Result result = Shell.facing(service, home).run("job", "show", "7");

        // Then
        assertThat(result.code()).isEqualTo(code);
        assertThat(result.err()).startsWith("hermes: SOME_CODE: Something.").contains(advice);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void keepsOnOneLineWhatIsNoProblem() {
        // Given
        service.answer(502, "<html>\n<body>\u001b[2J bad   gateway</body></html>");

        // When
        Shell.Result result = Shell.facing(service, home).run("job", "show", "7");

        // Then
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).startsWith("hermes: HTTP_502: <html> <body>").doesNotContain("\u001b");
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void asksWhetherTheUrlIsRightWhenJsonIsNotSpokenThere() {
        // Given
        service.answer(200, "<html>welcome</html>");

        // When
        Shell.Result result = Shell.facing(service, home).run("job", "show", "7");

        // Then
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains("does not speak JSON", "orchestrator");
    }

    @Test
    void tellsHowToFindAJobWhoseMakingWasNotAnswered() {
        // Given
        service.answerRaw("");

        // When
        Shell.Result result = Shell.facing(service, home)
                .run("job", "create", "--source", "a", "--dest", "b", "--idempotency-key", "monday");

        // Then
        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains("--idempotency-key monday");
        assertThat(service.requests().getFirst().head()).containsIgnoringCase("idempotency-key: monday");
    }
}
