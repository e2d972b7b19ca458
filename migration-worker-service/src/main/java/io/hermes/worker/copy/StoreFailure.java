package io.hermes.worker.copy;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import java.util.Optional;

/** A store failed, and which. */
final class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Side side;
    private final boolean opening;

    private StoreFailure(Side side, boolean opening, Throwable cause) {
        super(cause);
        this.side = side;
        this.opening = opening;
    }

    /** The store failed; a failure that already knows its side keeps it. */
    static StoreFailure of(Side side, Throwable cause) {
        return cause instanceof StoreFailure known ? known : new StoreFailure(side, false, cause);
    }

    /** The store could not even be opened: settings, or the registry that has them. */
    static StoreFailure opening(Side side, Throwable cause) {
        return new StoreFailure(side, true, cause);
    }

    Side side() {
        return side;
    }

    boolean opening() {
        return opening;
    }

    Optional<StorageException> storage() {
        return getCause() instanceof StorageException failure ? Optional.of(failure) : Optional.empty();
    }

    boolean is(Side which, ErrorKind kind) {
        return side == which && storage().map(failure -> failure.kind() == kind).orElse(false);
    }
}
