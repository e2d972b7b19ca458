package io.hermes.storage.s3;

import java.time.Duration;

/**
 * How long an exchange may stand still.
 *
 * @param connect until its request is on the way
 * @param idle while the store has the next move
 * @param reader while our own reader has it
 */
record Patience(Duration connect, Duration idle, Duration reader) {

    /** Whose move it is. */
    enum Turn {
        CONNECTION,
        STORE,
        READER
    }

    Duration of(Turn turn) {
        return switch (turn) {
            // The connection has its own limit below this one.
            case CONNECTION -> connect.plus(idle);
            case STORE -> idle;
            case READER -> reader;
        };
    }
}
