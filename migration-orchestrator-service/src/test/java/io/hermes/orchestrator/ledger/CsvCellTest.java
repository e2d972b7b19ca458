package io.hermes.orchestrator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellTest {

    private static final Pattern FORMULA =
            Pattern.compile("\"?[=+\\-@\\t\\r\\n\uFF1D\uFF0B\uFF0D\uFF20].*", Pattern.DOTALL);
    private static final String LETTERS = "a'\"=+-@\t\r\n ,;\uFF1D\uFF20é\uD83D\uDE00";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "docs/plain.md | docs/plain.md",
                "a,b | \"a,b\"",
                "say \"hi\" | \"say \"\"hi\"\"\"",
                "=1+1 | '=1+1",
                "'=1+1 | ''=1+1",
                "-rf | '-rf",
                "'tis.md | 'tis.md",
                "=a,b | \"'=a,b\""
            })
    void textIsQuotedAndGuardedWhereItMustBe(String text, String cell) {
        assertThat(CsvCell.of(text)).isEqualTo(cell);
    }

    @Test
    void nothingAndNoTextDiffer() {
        assertThat(CsvCell.of(null)).isEmpty();
        assertThat(CsvCell.of("")).isEqualTo("\"\"");
        assertThat(CsvCell.of(-5L)).as("a number is no formula").isEqualTo("-5");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyTextComesBackAndNoneIsAFormula(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String text = text(random);

            String cell = CsvCell.of(text);

            assertThat(FORMULA.matcher(cell).matches()).as(text).isFalse();
            assertThat(CsvCell.unguarded(unquoted(cell))).isEqualTo(text);
        }
    }

    private static String text(Random random) {
        int[] letters = LETTERS.codePoints().toArray();
        return random.ints(random.nextInt(6), 0, letters.length)
                .map(i -> letters[i])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String unquoted(String cell) {
        return cell.startsWith("\"") ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"") : cell;
    }
}
