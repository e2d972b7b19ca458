package io.hermes.worker.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.job.ConflictPolicy;
import io.hermes.storage.Marker;
import io.hermes.storage.Revision;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OccupantTest {

    private static final UUID JOB = new UUID(1, 1);
    private static final Marker OURS = new Marker(JOB, 7, Revision.of("r1"));

    @ParameterizedTest
    @EnumSource
    void ourOwnFinishedWriteIsOursUnderEveryPolicy(ConflictPolicy policy) {
        assertThat(Occupant.of(Optional.of(OURS), OURS, policy)).isEqualTo(Occupant.OUR_COPY);
    }

    @ParameterizedTest
    @EnumSource
    void ourWriteOfAnotherSourceRevisionIsReplacedUnderEveryPolicy(ConflictPolicy policy) {
        Marker older = new Marker(JOB, 7, Revision.of("r0"));

        assertThat(Occupant.of(Optional.of(older), OURS, policy)).isEqualTo(Occupant.OUR_OLDER_COPY);
    }

    @ParameterizedTest
    @EnumSource
    void anotherItemOfTheJobIsAConflictUnderEveryPolicy(ConflictPolicy policy) {
        Marker other = new Marker(JOB, 8, Revision.of("r1"));

        assertThat(Occupant.of(Optional.of(other), OURS, policy)).isEqualTo(Occupant.ANOTHER_ITEM);
    }

    @ParameterizedTest
    @CsvSource({
        "SKIP_IDENTICAL, STRANGER_TO_COMPARE",
        "OVERWRITE,      STRANGER_TO_REPLACE",
        "KEEP_BOTH,      STRANGER_TO_KEEP"
    })
    void aStrangerIsWhatThePolicySays(ConflictPolicy policy, Occupant expected) {
        Marker otherJob = new Marker(new UUID(2, 2), 7, Revision.of("r1"));

        assertThat(Occupant.of(Optional.empty(), OURS, policy)).isEqualTo(expected);
        assertThat(Occupant.of(Optional.of(otherJob), OURS, policy)).isEqualTo(expected);
    }
}
