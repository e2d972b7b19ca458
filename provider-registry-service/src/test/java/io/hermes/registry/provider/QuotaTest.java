package io.hermes.registry.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hermes.edge.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaTest {

    private static final Quota TEN = new Quota(10L, null, null);

    private final List<Violation> violations = new ArrayList<>();

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "7, 0, OK",
        "8, 0, WARNING",
        "9, 999, WARNING",
        "10, 0, EXCEEDED",
        "11, 0, EXCEEDED",
        "0, 799, OK",
        "0, 800, WARNING",
        "0, 999, WARNING",
        "0, 1000, EXCEEDED"
    })
    void theNearerLimitCounts(long documents, long bytes, QuotaState state) {
        assertThat(Quota.state(new Quota(10L, 1000L, 80), new Amount(documents, bytes)))
                .isEqualTo(state);
    }

    @Test
    void greatNumbersAreNoTrouble() {
        Quota quota = new Quota(null, Long.MAX_VALUE, 80);

        assertThat(Quota.state(quota, new Amount(0, Long.MAX_VALUE - 1))).isEqualTo(QuotaState.WARNING);
        assertThat(Quota.state(quota, new Amount(0, Long.MAX_VALUE))).isEqualTo(QuotaState.EXCEEDED);
        assertThat(Quota.state(null, new Amount(Long.MAX_VALUE, Long.MAX_VALUE)))
                .isEqualTo(QuotaState.OK);
    }

    @Test
    void aPatchChangesWhatItNames() {
        assertThat(Quota.merge(TEN, null, violations)).isEqualTo(TEN);
        assertThat(Quota.merge(TEN, json("null"), violations)).isNull();
        assertThat(Quota.merge(TEN, json("{\"maxDocuments\": null}"), violations))
                .isNull();
        assertThat(Quota.merge(TEN, json("{\"maxBytes\": 5, \"warnPercent\": 50}"), violations))
                .isEqualTo(new Quota(10L, 5L, 50));
        assertThat(Quota.merge(new Quota(10L, 5L, 50), json("{\"warnPercent\": null}"), violations))
                .isEqualTo(new Quota(10L, 5L, 80));
        assertThat(Quota.merge(null, json("{\"warnPercent\": 50}"), violations)).isNull();
        assertThat(violations).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"maxDocuments\": 0}; /quota/maxDocuments",
                "{\"maxBytes\": -1}; /quota/maxBytes",
                "{\"maxBytes\": 1.5}; /quota/maxBytes",
                "{\"maxBytes\": 9223372036854775808}; /quota/maxBytes",
                "{\"maxBytes\": \"5\"}; /quota/maxBytes",
                "{\"warnPercent\": 101}; /quota/warnPercent",
                "{\"most\": 5}; /quota/most",
                "5; /quota"
            })
    void aPatchThatMakesNoSenseIsRefused(String patch, String pointer) {
        Quota.merge(TEN, json(patch), violations);

        assertThat(violations).extracting(Violation::pointer).containsExactly(pointer);
    }
}
