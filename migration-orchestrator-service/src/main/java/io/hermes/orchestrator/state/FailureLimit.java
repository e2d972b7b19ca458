package io.hermes.orchestrator.state;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.validation.constraints.Pattern;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How many documents of a job may fail before it is stopped: a number of documents (0 stops at the first), or a share of those planned
 * with at most two decimals. As long as the plan goes on, a share counts only once enough documents are planned to speak of one.
 *
 * @param text {@code 100} or {@code 2.5%}, as it is stored
 */
@Schema(
        oneOf = {Long.class, String.class},
        description = "A number of documents, or a share of them such as \"2.5%\"",
        examples = {"100", "2.5%"})
public record FailureLimit(
        @Pattern(
                regexp = "[0-9]{1,9}|(100|[0-9]{1,2}(\\.[0-9]{1,2})?)%",
                message = "must be a number of documents such as 100, or a share such as \"2.5%\"")
        String text) {

    private static final long ENOUGH_FOR_A_SHARE = 1000;
    private static final long HUNDREDTHS_OF_ALL = 10_000;

    /** From a JSON string. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static FailureLimit of(String text) {
        return new FailureLimit(text);
    }

    /** From a JSON number. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static FailureLimit of(long documents) {
        return new FailureLimit(Long.toString(documents));
    }

    /** As it was posted: a number, or a string with a percent sign. */
    @JsonValue
    public Object json() {
        return share() ? text : (Object) Long.valueOf(text);
    }

    /** Whether more documents have failed than the job bears. */
    boolean exceededBy(Counters counters, boolean planned) {
        if (!share()) {
            return counters.failed() > Long.parseLong(text);
        }
        boolean meaningful = planned || counters.scanned() >= ENOUGH_FOR_A_SHARE;
        return meaningful && counters.failed() * HUNDREDTHS_OF_ALL > hundredthsOfAPercent() * counters.scanned();
    }

    private boolean share() {
        return text.endsWith("%");
    }

    private long hundredthsOfAPercent() {
        return new BigDecimal(text.substring(0, text.length() - 1))
                .movePointRight(2)
                .longValueExact();
    }
}
