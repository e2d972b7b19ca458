package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {

    private static final int ROUNDS = 5000;
    private static final int[] AWKWARD = {' ', ' ', '%', ',', '2', '5', 'F', '\t', '\n', '\r', 0, 0x7f, 0xe4, 0x1f680};

    private final Random random = new Random(20_190_506);

    @Test
    void anyTextSurvivesAsAHeader() {
        for (int round = 0; round < ROUNDS; round++) {
            String text = text();
            String header = HeaderText.encode(text);
            assertThat(HeaderText.decode(header)).isEqualTo(text);
            assertThat(header)
                    .matches("[\\x21-\\x7e]?|[\\x21-\\x7e][\\x20-\\x7e]*[\\x21-\\x7e]")
                    .doesNotContain("  ");
        }
    }

    @Test
    void anyListSurvivesAsAHeader() {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> items = IntStream.rangeClosed(0, random.nextInt(4))
                    .mapToObj(i -> text())
                    .toList();
            assertThat(HeaderText.decodeList(HeaderText.encodeList(items))).isEqualTo(items);
        }
    }

    @Test
    void plainTextIsWhatAProxyLeavesAlone() {
        for (int round = 0; round < ROUNDS; round++) {
            String text = text();
            boolean safe = text.matches("[\\x20-\\x7e]+") && text.equals(text.strip()) && !text.contains("  ");
            assertThat(HeaderText.isPlain(text)).as(text).isEqualTo(safe);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "100%", "%4", "%zz", "a%g0b", "%%"})
    void aPercentSignThatBeginsNoPairStandsForItself(String header) {
        assertThat(HeaderText.decode(header)).isEqualTo(header);
    }

    private String text() {
        return random.ints(random.nextInt(12), 0, 4)
                .map(kind -> kind == 0
                        ? scalar()
                        : kind == 1 ? 'a' + random.nextInt(26) : AWKWARD[random.nextInt(AWKWARD.length)])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Any code point that UTF-8 has a form for. */
    private int scalar() {
        int point = random.nextInt(Character.MAX_CODE_POINT + 1 - 0x800);
        return point < Character.MIN_SURROGATE ? point : point + 0x800;
    }
}
