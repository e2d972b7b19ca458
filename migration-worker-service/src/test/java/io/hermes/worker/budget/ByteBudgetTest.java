package io.hermes.worker.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {

    private final ByteBudget budget = new ByteBudget(100, Runnable::run);
    private final List<String> begun = new ArrayList<>();
    private final List<UniEmitter<? super String>> running = new ArrayList<>();

    @Test
    void neverHoldsMoreThanItHas() {
        start("a", 60);
        start("b", 40);
        start("c", 1);

        assertThat(begun).containsExactly("a", "b");
        assertThat(budget.used()).isEqualTo(100);
        running.get(0).complete("done");
        assertThat(begun).containsExactly("a", "b", "c");
        assertThat(budget.used()).isEqualTo(41);
        assertThat(budget.peak()).isEqualTo(100);
    }

    @Test
    void aLargeRequestIsNotOvertakenBySmallOnes() {
        start("a", 60);
        start("large", 90);
        start("small", 10);

        assertThat(begun).containsExactly("a");
        running.get(0).complete("done");
        assertThat(begun).containsExactly("a", "large", "small");
    }

    @Test
    void aRequestLargerThanTheBudgetPassesAlone() {
        start("a", 10);
        start("giant", 1_000_000);
        assertThat(begun).containsExactly("a");

        running.get(0).complete("done");

        assertThat(begun).containsExactly("a", "giant");
        assertThat(budget.used()).isEqualTo(100);
        running.get(1).complete("done");
        assertThat(budget.used()).isZero();
    }

    @Test
    void failedWorkFreesItsBytes() {
        start("a", 100);
        start("b", 100);

        running.get(0).fail(new IllegalStateException("broken"));

        assertThat(begun).containsExactly("a", "b");
    }

    @Test
    void workThatThrowsFreesItsBytes() {
        budget.holding(100, () -> {
                    throw new IllegalStateException("broken");
                })
                .subscribe()
                .with(item -> {}, failure -> {});

        assertThat(budget.used()).isZero();
    }

    private void start(String name, long bytes) {
        budget.holding(bytes, () -> work(name)).subscribe().with(item -> {}, failure -> {});
    }

    private Uni<String> work(String name) {
        begun.add(name);
        return Uni.createFrom().emitter(running::add);
    }
}
