package io.hermes.registry.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.edge.problem.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

    private static final String WINDOW = "mon-fri 08:00-18:00 10M";
    private static final Limits TEN = new Limits(10.0, null, null, null);

    private final List<Violation> violations = new ArrayList<>();

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private Limits merge(Limits before, String patch) {
        return Limits.merge(before, json(patch), violations);
    }

    @Test
    void aPatchChangesWhatItNames() {
        assertThat(Limits.merge(TEN, null, violations)).isEqualTo(TEN);
        assertThat(merge(TEN, "null")).isNull();
        assertThat(merge(TEN, "{\"requestsPerSecond\": null}")).isNull();
        assertThat(merge(TEN, "{\"requestsPerSecond\": 0.5}")).isEqualTo(new Limits(0.5, null, null, null));
        assertThat(merge(TEN, "{\"bytesPerSecond\": 2048}")).isEqualTo(new Limits(10.0, 2048L, null, "UTC"));
        assertThat(merge(null, "{\"windows\": [\"" + WINDOW + "\"], \"timeZone\": \"Europe/Berlin\"}"))
                .isEqualTo(new Limits(null, null, List.of(WINDOW), "Europe/Berlin"));
        assertThat(merge(
                        new Limits(null, null, List.of(WINDOW), "Europe/Berlin"),
                        "{\"windows\": [], \"bytesPerSecond\": 1024}"))
                .isEqualTo(new Limits(null, 1024L, List.of(), "Europe/Berlin"));
        assertThat(merge(new Limits(1.0, null, null, "Europe/Berlin"), "{\"timeZone\": null}"))
                .isEqualTo(new Limits(1.0, null, null, "UTC"));
        assertThat(violations).isEmpty();
    }

    @Test
    void aTimeZoneAloneLimitsNothing() {
        assertThat(merge(null, "{\"timeZone\": \"Europe/Berlin\"}")).isNull();
        assertThat(Limits.limiting(new Limits(null, null, List.of(), "UTC"))).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"requestsPerSecond\": 0}; /limits/requestsPerSecond",
                "{\"requestsPerSecond\": -1}; /limits/requestsPerSecond",
                "{\"requestsPerSecond\": 1e999}; /limits/requestsPerSecond",
                "{\"requestsPerSecond\": \"5\"}; /limits/requestsPerSecond",
                "{\"bytesPerSecond\": 0}; /limits/bytesPerSecond",
                "{\"bytesPerSecond\": 1023}; /limits/bytesPerSecond",
                "{\"bytesPerSecond\": 2048.5}; /limits/bytesPerSecond",
                "{\"bytesPerSecond\": 9223372036854775808}; /limits/bytesPerSecond",
                "{\"windows\": \"daily 00:00-24:00 1M\"}; /limits/windows",
                "{\"windows\": {}}; /limits/windows",
                "{\"windows\": [\"daily 00:00-24:00 1M\", \"never\"]}; /limits/windows/1",
                "{\"windows\": [5]}; /limits/windows/0",
                "{\"windows\": [null]}; /limits/windows/0",
                "{\"timeZone\": \"Berlin\"}; /limits/timeZone",
                "{\"timeZone\": \"+02:00\"}; /limits/timeZone",
                "{\"timeZone\": 2}; /limits/timeZone",
                "{\"burst\": 5}; /limits/burst",
                "5; /limits"
            })
    void aPatchThatMakesNoSenseIsRefused(String patch, String pointer) {
        merge(TEN, patch);

        assertThat(violations).extracting(Violation::pointer).containsExactly(pointer);
    }

    @Test
    void thereAreAtMostThirtyTwoWindows() {
        String window = "\"" + WINDOW + "\"";

        merge(null, "{\"windows\": [" + String.join(",", Collections.nCopies(32, window)) + "]}");
        assertThat(violations).isEmpty();
        merge(null, "{\"windows\": [" + String.join(",", Collections.nCopies(33, window)) + "]}");
        assertThat(violations).extracting(Violation::pointer).containsExactly("/limits/windows");
    }

    @Test
    void whoeverAllowsNothingIsToldHowToStop() {
        merge(null, "{\"bytesPerSecond\": 0}");

        assertThat(violations.get(0).message()).contains("pause the job");
    }
}
