package io.hermes.storage;

/**
 * What may be asked of a provider by this process.
 *
 * @param requestsPerSecond {@link Double#POSITIVE_INFINITY} for as many as there are
 * @param bytesPerSecond of documents, read and written together; {@link Double#POSITIVE_INFINITY} for as many as there are
 */
public record Rates(double requestsPerSecond, double bytesPerSecond) {

    /** No limit. */
    public static final Rates UNLIMITED = new Rates(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Nothing passes. */
    public static final Rates NOTHING = new Rates(0, 0);

    /** @throws IllegalArgumentException for a negative rate, or none at all */
    public Rates {
        if (!(requestsPerSecond >= 0) || !(bytesPerSecond >= 0)) {
            throw new IllegalArgumentException("a rate is not negative");
        }
    }
}
