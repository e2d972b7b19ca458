package io.hermes.orchestrator.view;

import io.hermes.contract.event.ErrorCode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What the contract says about an error code that stands in a row; of one that this version does not know, nothing.
 *
 * @param origin which side has to act, {@code null} if unknown
 * @param hint what to do, {@code null} if unknown
 */
record ErrorWords(String origin, boolean retryable, String hint) {

    private static final ErrorWords UNKNOWN = new ErrorWords(null, false, null);

    static ErrorWords of(String code) {
        return known(code)
                .map(error ->
                        new ErrorWords(error.origin().name().toLowerCase(Locale.ROOT), error.retryable(), error.hint()))
                .orElse(UNKNOWN);
    }

    private static Optional<ErrorCode> known(String code) {
        return Arrays.stream(ErrorCode.values())
                .filter(error -> error.name().equals(code))
                .findFirst();
    }
}
