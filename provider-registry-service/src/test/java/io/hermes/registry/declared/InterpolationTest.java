package io.hermes.registry.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hermes.registry.declared.Interpolation.Missing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterpolationTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("KEY", "a${KEY}$", "EMPTY", "");

    @TempDir
    Path folder;

    private final Interpolation interpolation = new Interpolation(name -> Optional.ofNullable(ENVIRONMENT.get(name)));

    @Test
    void whatIsPutInIsNotLookedAtAgain() throws Missing {
        assertThat(interpolation.of("<${KEY}|${KEY}|${EMPTY}>")).isEqualTo("<a${KEY}$|a${KEY}$|>");
    }

    @Test
    void twoDollarsAreOne() throws Missing {
        assertThat(interpolation.of("$${KEY} $5 $$ {KEY} path/{uuid}.md"))
                .isEqualTo("${KEY} $5 $$ {KEY} path/{uuid}.md");
    }

    @Test
    void aFileIsReadWithoutItsLastLineEnd() throws IOException, Missing {
        Path unix = Files.writeString(folder.resolve("unix"), "one\ntwo\n\n");
        Path dos = Files.writeString(folder.resolve("dos"), "one\r\n");
        Path bare = Files.writeString(folder.resolve("bare"), "one");

        assertThat(interpolation.of("${file:" + unix + "}")).isEqualTo("one\ntwo\n");
        assertThat(interpolation.of("${file:" + dos + "}-${file:" + bare + "}")).isEqualTo("one-one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${NOBODY}",
                "${",
                "${}",
                "a ${a b}",
                "${file:relative}",
                "${file:/nobody/wrote/this}",
                "${file:}"
            })
    void whatCannotBeHadIsNamed(String text) {
        assertThatThrownBy(() -> interpolation.of(text)).isInstanceOf(Missing.class);
    }

    @Test
    void aLargeFileIsNotRead() throws IOException {
        Path large = Files.write(folder.resolve("large"), new byte[65_537]);

        assertThatThrownBy(() -> interpolation.of("${file:" + large + "}")).hasMessageContaining("64 KiB");
    }
}
