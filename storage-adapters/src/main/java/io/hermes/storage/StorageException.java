package io.hermes.storage;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The one exception of the port. Its message is one sentence for an operator: it names the operation and the key, and holds neither
 * secrets nor anything that a store answered.
 */
public final class StorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final String operation;
    private final String key;
    private final transient Optional<Duration> retryAfter;

    public StorageException(ErrorKind kind, String operation, String key, String detail) {
        this(kind, operation, key, detail, Optional.empty(), null);
    }

    public StorageException(ErrorKind kind, String operation, String key, String detail, Throwable cause) {
        this(kind, operation, key, detail, Optional.empty(), cause);
    }

    public StorageException(
            ErrorKind kind,
            String operation,
            String key,
            String detail,
            Optional<Duration> retryAfter,
            Throwable cause) {
        super(operation + " '" + key + "': " + detail, cause);
        this.kind = kind;
        this.operation = operation;
        this.key = key;
        this.retryAfter = retryAfter;
    }

    /** What a store says that cannot do what it was asked to; nothing has changed. */
    public static StorageException unsupported(String operation, DocumentKey key, String why) {
        return new StorageException(ErrorKind.UNSUPPORTED, operation, key.value(), why);
    }

    /** What every call says once its store was closed. */
    public static StorageException closed(String operation, String key) {
        return new StorageException(ErrorKind.UNAVAILABLE, operation, key, "the store was closed; open it again");
    }

    /** Whether a failure is one of ours and of one of these kinds; for {@code onFailure(…)}. */
    public static Predicate<Throwable> is(ErrorKind... kinds) {
        Set<ErrorKind> wanted = Set.of(kinds);
        return failure -> failure instanceof StorageException known && wanted.contains(known.kind);
    }

    /** What went wrong. */
    public ErrorKind kind() {
        return kind;
    }

    /** The port's method, such as {@code read}. */
    public String operation() {
        return operation;
    }

    /** The key it was about, or the provider's name where there is none. */
    public String key() {
        return key;
    }

    /** How long the store asked to be left alone. */
    public Optional<Duration> retryAfter() {
        return retryAfter == null ? Optional.empty() : retryAfter;
    }
}
