package io.hermes.worker.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.task.TaskRef;
import io.hermes.storage.DocumentKey;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyBesideTest {

    private static final UUID JOB = new UUID(1, 1);

    @ParameterizedTest
    @CsvSource({
        "a/name.md,      a/name~%s.md",
        "name,           name~%s",
        "a.b/name,       a.b/name~%s",
        ".profile,       .profile~%s",
        "a/x.tar.gz,     a/x.tar~%s.gz"
    })
    void standsBesideTheTakenKey(String taken, String expected) {
        String key =
                KeyBeside.of(new DocumentKey(taken), new TaskRef(JOB, 1, 7, 1)).value();

        assertThat(key).matches(expected.replace(".", "\\.").replace("%s", "[0-9a-f]{8}"));
    }

    @Test
    void isTheSameForEveryDispatchAndAnotherForEveryItem() {
        DocumentKey taken = new DocumentKey("a.md");
        DocumentKey first = KeyBeside.of(taken, new TaskRef(JOB, 1, 7, 1));

        assertThat(KeyBeside.of(taken, new TaskRef(JOB, 1, 7, 2))).isEqualTo(first);
        assertThat(KeyBeside.of(taken, new TaskRef(JOB, 1, 8, 1))).isNotEqualTo(first);
    }
}
