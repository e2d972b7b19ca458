package io.hermes.systemtests.fault.storage;

import io.hermes.storage.testing.ProxiedRequest;
import io.hermes.storage.testing.Requests;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Documents that chance has chosen for a fault. It is named by their keys and not by the number of a request, so that neither the order
 * of the requests nor their timing changes whom it hits, and so that it is known which of them may show it.
 *
 * @param times how many requests about each of them are hit, the first ones
 */
public record Choice(Set<String> keys, int times) {

    public Choice {
        keys = Set.copyOf(keys);
    }

    /** So many of these. The same for the same chance. Fails if there are fewer. */
    public static Choice of(int count, Collection<String> keys, int times, RandomGenerator chance) {
        return new Deck(keys, chance).deal(count, times);
    }

    /** Documents that are dealt to one fault after another, each once, so that no fault hides another. */
    public static final class Deck {

        private final Deque<String> left;

        /** Shuffled; the same for the same chance. */
        public Deck(Collection<String> keys, RandomGenerator chance) {
            List<String> all = new ArrayList<>(keys);
            Collections.sort(all);
            Collections.shuffle(all, Random.from(chance));
            left = new ArrayDeque<>(all);
        }

        /** The next so many. Fails if there are fewer. */
        public Choice deal(int count, int times) {
            return new Choice(Stream.generate(left::remove).limit(count).collect(Collectors.toSet()), times);
        }
    }

    /** The one that was chosen. */
    public String only() {
        if (keys.size() != 1) {
            throw new IllegalStateException("not one but " + keys);
        }
        return keys.iterator().next();
    }

    /** The same but for one. */
    public Choice without(String key) {
        Set<String> others = new HashSet<>(keys);
        others.remove(key);
        return new Choice(others, times);
    }

    /** How often the fault strikes, if every one of them is asked for often enough. */
    public int strikes() {
        return keys.size() * times;
    }

    /** Of these requests, the first about each chosen document below this place. */
    public Requests among(Requests requests, String place) {
        Map<String, AtomicInteger> met = new ConcurrentHashMap<>();
        return requests.matching(request -> isChosen(request, place)
                && met.computeIfAbsent(request.key(), first -> new AtomicInteger())
                                .incrementAndGet()
                        <= times);
    }

    private boolean isChosen(ProxiedRequest request, String place) {
        String below = place + "/";
        return request.key().startsWith(below) && keys.contains(request.key().substring(below.length()));
    }
}
