package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagTextTest {

    private static final String ALPHABET = "[A-Za-z0-9 +\\-=._:/@]*";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "plain text",
                " padded  twice ",
                "a=b",
                "=41",
                "100 % & more",
                "Gr\u00f6\u00dfe \u65e5\u672c \ud83d\ude80",
                "line\r\nbreak\t",
                "\u0000\u007f",
                "{\"json\": [1, 2]}"
            })
    void comesBackAsItWas(String text) {
        assertThat(TagText.encode(text)).matches(ALPHABET);
        assertThat(TagText.decode(TagText.encode(text))).isEqualTo(text);
        assertThat(TagText.decode(TagText.encode(text, " :"))).isEqualTo(text);
    }

    @Test
    void anyTextComesBack() {
        Random random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            // Surrogates in pairs only: a lone one is no text.
            String text = random.ints(random.nextInt(20), 0, Character.MAX_CODE_POINT + 1)
                    .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(TagText.encode(text)).matches(ALPHABET);
            assertThat(TagText.decode(TagText.encode(text))).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2019-05-06T07:08:09Z, 2019-05-06T07:08:09Z",
        "ann@example.org, ann@example.org",
        "RFC-089 v1.2_final/a+b, RFC-089 v1.2_final/a+b",
        "50%, 50=25",
        "a=b, a=3Db",
        "\u00e4, =C3=A4"
    })
    void plainTextStaysReadable(String text, String encoded) {
        assertThat(TagText.encode(text)).isEqualTo(encoded);
    }

    @Test
    void aStrangersTagIsPlainOnlyWithinWhatEveryServerTakes() {
        assertThat(TagText.isPlain("cost-center", "A 12=b")).isTrue();
        assertThat(TagText.isPlain("k".repeat(128), "v".repeat(256))).isTrue();
        assertThat(TagText.isPlain("k".repeat(129), "v")).isFalse();
        assertThat(TagText.isPlain("k", "v".repeat(257))).isFalse();
        assertThat(TagText.isPlain("k", "\u00e4")).isFalse();
        assertThat(TagText.isPlain("k", "")).isFalse();
        assertThat(TagText.isPlain("k", " v")).isFalse();
        assertThat(TagText.isPlain("aws:k", "v")).isFalse();
        assertThat(TagText.isPlain("hermes-uuid", "v")).isFalse();
    }
}
