package io.hermes.storage;

import java.time.Duration;
import java.util.Optional;

/**
 * Hears of every call to every store, for metrics and traces. Called on the thread that the answer came on, so it must be quick and
 * must not throw. Services bring one as a CDI bean; without one nothing is observed.
 */
public interface StoreObserver {

    /** A call has ended: answered, failed or cancelled by its caller. A read ends when it is open, not when its bytes are read. */
    void ended(Call call);

    /** A request or some bytes have had their turn, after such a wait. Told of turns that had to be waited for only. */
    default void waited(String provider, Duration time) {}

    /** A provider's store has answered that it wants fewer requests, each time that it does. */
    default void throttled(String provider) {}

    /**
     * One call.
     *
     * @param provider the provider's name
     * @param type the provider's type, such as {@code s3}
     * @param operation the port's method
     * @param ending how it ended
     * @param failure what went wrong, where it did
     * @param took from subscription to the end
     */
    record Call(
            String provider,
            String type,
            Operation operation,
            Ending ending,
            Optional<ErrorKind> failure,
            Duration took) {}

    /** The port's methods. */
    enum Operation {
        LIST,
        STAT,
        READ,
        WRITE,
        DELETE,
        REVISIONS,
        RESTORE,
        KEEP_FOREVER,
        PROBE
    }

    /** How a call ended. */
    enum Ending {
        ANSWERED,
        FAILED,
        CANCELLED
    }
}
