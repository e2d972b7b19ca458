package io.hermes.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SecretSpellingTest {

    private static final String SECRET = "s/0f9d6a1e-5d1c-4b7e+ed \"quoted\" 93ab\\";

    @ParameterizedTest
    @EnumSource
    void eachFormIsFoundWhereverItStands(SecretSpelling spelling) {
        assertThat(spelling.of(SECRET))
                .isNotEmpty()
                .allMatch(form -> spelling.isIn("before" + form + "after", SECRET))
                .noneMatch(form -> spelling.isIn("something else", SECRET));
    }

    /** What the encoder makes of whole texts, not what the spelling thinks that it does. */
    @ParameterizedTest
    @CsvSource({"''", "i", "id:", "id:;"})
    void base64IsFoundAtEveryOffset(String before) {
        byte[] bytes = (before + SECRET + "; and more").getBytes(StandardCharsets.UTF_8);

        assertThat(SecretSpelling.BASE64.isIn(Base64.getEncoder().encodeToString(bytes), SECRET))
                .isTrue();
        assertThat(SecretSpelling.BASE64.isIn(Base64.getUrlEncoder().encodeToString(bytes), SECRET))
                .isTrue();
    }

    @Test
    void aWordOfASecretIsOneToo() {
        assertThat(SecretSpelling.PLAIN.isIn("the key 0f9d6a1e-5d1c-4b7e is wrong", SECRET))
                .isTrue();
        assertThat(SecretSpelling.PLAIN.isIn("quoted", SECRET)).isFalse();
    }
}
