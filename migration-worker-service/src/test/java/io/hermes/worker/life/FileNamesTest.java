package io.hermes.worker.life;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FileNamesTest {

    @Test
    void anotherEncodingIsRefusedWithTheWayOut() {
        assertThatThrownBy(() -> FileNames.requireUtf8("ANSI_X3.4-1968")).hasMessageContaining("LC_ALL=C.UTF-8");
        assertThatThrownBy(() -> FileNames.requireUtf8(null)).isInstanceOf(IllegalStateException.class);
        assertThatCode(() -> FileNames.requireUtf8("UTF-8")).doesNotThrowAnyException();
    }
}
