package io.hermes.orchestrator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequencesTest {

    @Test
    void theLeastThatGoesWrongIsNamedWithItsSeed() {
        Sequences<Integer> sequences = new Sequences<>(SequencesTest::numbers, SequencesTest::noSevenBeforeThree);

        assertThatThrownBy(() -> sequences.check(1000))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dmodel.seed=")
                .hasMessageContaining("these 2 suffice")
                .hasMessageContaining("   1  7" + System.lineSeparator() + "   2  3");
    }

    @Test
    void nothingIsSaidAboutWhatIsRight() {
        List<List<Integer>> seen = new ArrayList<>();

        assertThatCode(() -> new Sequences<Integer>(SequencesTest::numbers, seen::add).check(5))
                .doesNotThrowAnyException();

        assertThat(seen).isNotEmpty().doesNotHaveDuplicates();
    }

    private static List<Integer> numbers(Random random) {
        return random.ints(40, 0, 10).boxed().toList();
    }

    private static void noSevenBeforeThree(List<Integer> numbers) {
        int seven = numbers.indexOf(7);
        if (seven >= 0 && numbers.lastIndexOf(3) > seven) {
            throw new IllegalStateException("a three behind a seven");
        }
    }
}
