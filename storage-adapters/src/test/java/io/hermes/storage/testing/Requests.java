package io.hermes.storage.testing;

import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Which requests a rule is about, and which of these it hits: all of them unless one of {@link #nth}, {@link #first},
 * {@link #after} and {@link #share} says otherwise.
 *
 * @param what whether a request is meant
 * @param due whether the n-th such request, from 1, is hit
 */
public record Requests(Predicate<ProxiedRequest> what, IntPredicate due) {

    /** Every request. */
    public static Requests all() {
        return new Requests(request -> true, number -> true);
    }

    /** Requests of this method. */
    public static Requests of(String method) {
        return all().matching(request -> request.method().equals(method));
    }

    /** Pages of a listing, in either version of the API. */
    public static Requests listings() {
        return of("GET").matching(request -> request.key().isEmpty());
    }

    /** Only those about this object, named with the prefix and without the bucket. */
    public Requests key(String key) {
        return matching(request -> request.key().equals(key));
    }

    /** Only those with this query parameter, such as {@code partNumber}. */
    public Requests query(String name) {
        return matching(request -> request.query(name).isPresent());
    }

    /** Only those that also fit this. */
    public Requests matching(Predicate<ProxiedRequest> also) {
        return new Requests(what.and(also), due);
    }

    /** The n-th only, from 1. */
    public Requests nth(int wanted) {
        return hitting(number -> number == wanted);
    }

    /** So many and no more. */
    public Requests first(int count) {
        return hitting(number -> number <= count);
    }

    /** Those behind so many. */
    public Requests after(int count) {
        return hitting(number -> number > count);
    }

    /** About this share of them, chosen by chance, the same for the same seed and order of requests. */
    public Requests share(double share, long seed) {
        Random chance = new Random(seed);
        return hitting(number -> chance.nextDouble() < share);
    }

    private Requests hitting(IntPredicate numbers) {
        return new Requests(what, numbers);
    }
}
