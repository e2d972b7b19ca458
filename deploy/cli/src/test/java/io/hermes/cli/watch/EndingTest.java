package io.hermes.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.cli.session.ExitCode;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndingTest {

    @ParameterizedTest
    @CsvSource({
        "completed, success, DONE",
        "completed, partial, SOME_FAILED",
        "completed, failed, JOB_FAILED",
        "completed, something new, SOME_FAILED",
        "failed, failed, JOB_FAILED",
        "cancelled, cancelled, JOB_CANCELLED"
    })
    void tellsScriptsHowTheJobEnded(String status, String outcome, ExitCode code) throws IOException {
        // Given
        String json = "{\"status\": \"%s\", \"outcome\": \"%s\"}".formatted(status, outcome);

        // When
        ExitCode told = new Ending(new ObjectMapper().readTree(json)).exitCode();

        // Then
        assertThat(told).isEqualTo(code);
    }
}
