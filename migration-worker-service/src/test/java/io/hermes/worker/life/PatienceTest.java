package io.hermes.worker.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final long SECOND = 1_000_000_000L;

    private final Patience patience = new Patience(Duration.ofSeconds(30));

    @Test
    void isOverWhenItWasWrongForLongerThanTheLimit() {
        assertThat(patience.isOver(false, 100 * SECOND)).isFalse();
        assertThat(patience.isOver(false, 130 * SECOND)).isFalse();
        assertThat(patience.isOver(false, 131 * SECOND)).isTrue();
    }

    @Test
    void beginsAnewWhenAllWasWellInBetween() {
        patience.isOver(false, 100 * SECOND);
        patience.isOver(true, 120 * SECOND);

        assertThat(patience.isOver(false, 140 * SECOND)).isFalse();
        assertThat(patience.isOver(false, 165 * SECOND)).isFalse();
        assertThat(patience.isOver(false, 171 * SECOND)).isTrue();
    }
}
