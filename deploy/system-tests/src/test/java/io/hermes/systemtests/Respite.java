package io.hermes.systemtests;

import io.hermes.systemtests.oracle.Books;
import io.hermes.systemtests.oracle.Pulse;
import java.sql.SQLException;
import java.time.Duration;

/**
 * When a deed may be done: documents are in flight, and some have ended since the last few deeds. Processes take seconds to start; who
 * kills them faster than that sees nothing but starts. Looks at the books a few times a second, however many ask.
 */
final class Respite {

    private static final int DEEDS_AT_ONCE = 4;
    private static final int RESPITES = 100;
    private static final long FRESH = Duration.ofMillis(200).toNanos();

    private final Books books;
    private final long step;
    private Pulse pulse = Pulse.NONE;
    private long looked = System.nanoTime() - FRESH;
    private long next;
    private int left;

    Respite(Books books, int documents) {
        this.books = books;
        this.step = Math.max(1, documents / RESPITES);
    }

    /** Whether a deed may be done now; it is counted as done. */
    synchronized boolean ends() {
        look();
        if (pulse.inFlight() == 0) {
            return false;
        }
        if (pulse.closed() >= next) {
            next = pulse.closed() + step;
            left = DEEDS_AT_ONCE;
        }
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    private void look() {
        if (System.nanoTime() - looked < FRESH) {
            return;
        }
        try {
            pulse = books.pulse();
        } catch (SQLException away) {
            pulse = Pulse.NONE;
        }
        looked = System.nanoTime();
    }
}
