package io.hermes.cli.conversion;

import io.hermes.cli.hcl.Value;
import java.math.BigDecimal;
import java.util.Optional;

/** Literal values as somebody meant them: the original's reader takes {@code "5"} for 5 and {@code 5} for "5", too. */
final class Literals {

    private Literals() {}

    static Optional<String> text(Value value) {
        return switch (value) {
            case Value.Text(String text) -> Optional.of(text);
            case Value.Amount(BigDecimal number) -> Optional.of(number.toPlainString());
            case Value.Truth(boolean truth) -> Optional.of(String.valueOf(truth));
            case Value.Nothing unused -> Optional.empty();
            case Value.Variable unused -> Optional.empty();
            case Value.Several unused -> Optional.empty();
            case Value.Expression unused -> Optional.empty();
        };
    }

    /** A whole number as it is written in YAML. */
    static Optional<String> number(Value value) {
        return text(value).filter(text -> text.matches("0|[1-9][0-9]{0,17}"));
    }

    static Optional<Boolean> truth(Value value) {
        return text(value).filter(text -> text.matches("true|false")).map(Boolean::valueOf);
    }
}
