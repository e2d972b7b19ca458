package io.hermes.cli.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InflowTest {

    /** A connection that has died without a word: a read waits until somebody closes it. */
    private static final class Silence extends InputStream {

        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public int read() throws IOException {
            try {
                closed.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("closed");
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    @Timeout(60)
    void givesUpABodyThatNothingComesOf() {
        // Given
        try (Inflow inflow = new Inflow(new Silence(), Duration.ofMillis(200))) {
            // When Then
            assertThatThrownBy(() -> inflow.read(new byte[10]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("nothing came");
        }
    }
}
