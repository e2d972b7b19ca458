package io.hermes.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final UUID JOB = new UUID(1, 1);
    private static final UUID OTHER_JOB = new UUID(1, 2);
    private static final UUID SLOW = new UUID(2, 1);
    private static final UUID FAST = new UUID(2, 2);

    private final Admission<String> admission = new Admission<>(4);

    @Test
    void servesInOrderOfArrivalUpToTheSlots() {
        for (int number = 1; number <= 6; number++) {
            admission.arrive("task-" + number, claim(JOB, 10, FAST));
        }

        assertThat(all()).containsExactly("task-1", "task-2", "task-3", "task-4");
        assertThat(admission.inFlight()).isEqualTo(4);
        assertThat(admission.waiting()).isEqualTo(2);
        admission.leave(claim(JOB, 10, FAST));
        assertThat(all()).containsExactly("task-5");
    }

    @Test
    void aJobAtItsCapLetsOthersPass() {
        admission.arrive("a1", claim(JOB, 1, FAST));
        admission.arrive("a2", claim(JOB, 1, FAST));
        admission.arrive("b1", claim(OTHER_JOB, 4, FAST));

        assertThat(all()).containsExactly("a1", "b1");
        admission.leave(claim(JOB, 1, FAST));
        assertThat(all()).containsExactly("a2");
    }

    @Test
    void theNewestCapCounts() {
        admission.arrive("a1", claim(JOB, 1, FAST));
        admission.arrive("a2", claim(JOB, 1, FAST));
        assertThat(all()).containsExactly("a1");

        admission.arrive("a3", claim(JOB, 3, FAST));

        assertThat(all()).containsExactly("a2", "a3");
    }

    @Test
    void aProviderWithHalfOfTheSlotsLetsOthersGoFirst() {
        admission.arrive("s1", claim(JOB, 10, SLOW));
        admission.arrive("s2", claim(JOB, 10, SLOW));
        admission.arrive("s3", claim(JOB, 10, SLOW));
        admission.arrive("s4", claim(JOB, 10, SLOW));
        admission.arrive("f1", claim(OTHER_JOB, 10, FAST));

        assertThat(all()).containsExactly("s1", "s2", "f1", "s3");
    }

    @Test
    void aProviderMayHaveEverySlotThatNobodyElseWants() {
        for (int number = 1; number <= 4; number++) {
            admission.arrive("s" + number, claim(JOB, 10, SLOW));
        }

        assertThat(all()).hasSize(4);
    }

    @Test
    void thoseWhoAskForDifferentThingsKeepTheirOrderToo() {
        admission.arrive("a1", claim(JOB, 10, FAST));
        admission.arrive("b1", claim(OTHER_JOB, 10, SLOW));
        admission.arrive("b2", claim(OTHER_JOB, 10, SLOW));
        admission.arrive("a2", claim(JOB, 10, FAST));
        admission.arrive("b3", claim(OTHER_JOB, 10, SLOW));
        admission.arrive("a3", claim(JOB, 10, FAST));

        assertThat(all()).containsExactly("a1", "b1", "b2", "a2");
        admission.leave(claim(OTHER_JOB, 10, SLOW));
        admission.leave(claim(JOB, 10, FAST));
        assertThat(all()).containsExactly("b3", "a3");
    }

    @Test
    void aClaimWithoutCapLeavesTheJobsCap() {
        admission.arrive("a1", claim(JOB, 1, FAST));
        admission.arrive("release", new Claim(JOB, OptionalInt.empty(), Set.of(FAST)));

        assertThat(all()).containsExactly("a1");
    }

    private List<String> all() {
        List<String> admitted = new ArrayList<>();
        for (Optional<String> next = admission.next(); next.isPresent(); next = admission.next()) {
            admitted.add(next.get());
        }
        return admitted;
    }

    private static Claim claim(UUID job, int cap, UUID provider) {
        return new Claim(job, OptionalInt.of(cap), Set.of(provider));
    }
}
