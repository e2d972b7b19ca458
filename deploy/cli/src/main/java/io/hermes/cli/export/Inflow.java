package io.hermes.cli.export;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A body that comes in over the network. It may take as long as it keeps coming: a read that gets nothing for a minute fails, since
 * the connection may have died without a word.
 */
final class Inflow implements AutoCloseable {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);
    private static final int LOOKS = 20;

    private final InputStream body;
    private final Duration longestSilence;
    private final Thread guard = new Thread(this::guard, "inflow-guard");
    private final AtomicBoolean silent = new AtomicBoolean();
    private volatile long readingSince;
    private volatile boolean reading;

    Inflow(InputStream body) {
        this(body, LONGEST_SILENCE);
    }

    Inflow(InputStream body, Duration longestSilence) {
        this.body = body;
        this.longestSilence = longestSilence;
        guard.setDaemon(true);
        guard.start();
    }

    /** Reads on; the number of bytes, or -1 at the end that the service meant. */
    int read(byte[] buffer) throws IOException {
        readingSince = System.nanoTime();
        reading = true;
        try {
            return body.read(buffer);
        } catch (IOException broken) {
            throw silent.get() ? new IOException("nothing came for " + longestSilence.toSeconds() + " s") : broken;
        } finally {
            reading = false;
        }
    }

    private void guard() {
        try {
            while (!silent.get()) {
                Thread.sleep(longestSilence.dividedBy(LOOKS));
                if (reading && System.nanoTime() - readingSince > longestSilence.toNanos()) {
                    silent.set(true);
                    body.close();
                }
            }
        } catch (InterruptedException | IOException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        guard.interrupt();
        try {
            body.close();
        } catch (IOException gone) {
            // Nothing more is wanted of it.
            return;
        }
    }
}
