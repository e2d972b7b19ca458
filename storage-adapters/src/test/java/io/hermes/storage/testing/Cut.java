package io.hermes.storage.testing;

import java.io.IOException;

/** Ends an exchange: thrown by a fault at once, or by a body's stream at the byte where it is to happen. */
final class Cut extends IOException {

    private static final long serialVersionUID = 1L;

    /** What becomes of the connection. */
    enum How {
        /** It is closed in order. */
        CLOSE,
        /** It is reset: the peer loses even what it has received and not read yet. */
        RESET,
        /** It stays open; everything the client sends is read and nothing answered. */
        SILENCE,
        /** It stays open and nothing is read any more. */
        DEAFNESS
    }

    private final How how;

    Cut(How how) {
        super("scripted: " + how, null);
        this.how = how;
    }

    How how() {
        return how;
    }
}
