package io.hermes.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NameOrderTest {

    private static final List<String> LETTERS = List.of(
            "a",
            "b",
            "/",
            "\u00e4",
            "\ud7ff",
            "\ue000",
            "\uff08",
            "\uffff",
            "\ud83d\ude80",
            "\ud83d\ude81",
            "\udbff\udfff");

    @Test
    void bytesAreThoseOfUtf8() {
        List<String> names = names();
        Comparator<String> unsigned =
                (one, other) -> Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));
        List<String> sorted = new ArrayList<>(names);
        sorted.sort(NameOrder.BYTES);
        names.sort(unsigned);
        assertThat(sorted).isEqualTo(names).isNotEqualTo(names.stream().sorted().toList());
    }

    @Test
    void aListFitsTheOrderThatItIsIn() {
        List<String> names = names();
        for (NameOrder order : NameOrder.values()) {
            names.sort(order);
            assertThat(Arrays.stream(NameOrder.values()).filter(any -> any.fits(Optional.empty(), names)))
                    .containsExactly(order);
            assertThat(order.fits(Optional.of(names.getFirst()), names)).isFalse();
            assertThat(order.fits(Optional.of(""), names)).isTrue();
        }
    }

    private static List<String> names() {
        Random chance = new Random(89);
        return IntStream.range(0, 2000)
                .mapToObj(number -> IntStream.rangeClosed(0, chance.nextInt(5))
                        .mapToObj(at -> LETTERS.get(chance.nextInt(LETTERS.size())))
                        .collect(Collectors.joining()))
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
