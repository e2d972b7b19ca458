package io.hermes.worker.task;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who gets the next slot. All limits are looked at in one step, so nobody holds one while waiting for another. Among those that fit,
 * the one that came first goes first.
 *
 * <p>A job is limited to its newest task's cap. A provider that already has half of the slots lets tasks of other providers go
 * first; when there are none, it may have all of them. Not safe for concurrent use.
 *
 * @param <W> who waits
 */
final class Admission<W> {

    private final int slots;
    private final int providerShare;
    private final Map<Claim, Deque<Waiting<W>>> waiting = new HashMap<>();
    private final Map<UUID, Integer> jobCaps = new HashMap<>();
    private final Map<UUID, Integer> busyJobs = new HashMap<>();
    private final Map<UUID, Integer> busyProviders = new HashMap<>();
    private long arrivals;
    private int inFlight;

    Admission(int slots) {
        this.slots = slots;
        this.providerShare = Math.max(1, slots / 2);
    }

    void arrive(W who, Claim claim) {
        waiting.computeIfAbsent(claim, first -> new ArrayDeque<>()).add(new Waiting<>(arrivals++, who));
        claim.jobCap().ifPresent(cap -> jobCaps.put(claim.jobUuid(), cap));
    }

    /** Gives a slot to whoever is next, if there is a slot and somebody may have it. */
    Optional<W> next() {
        if (inFlight >= slots) {
            return Optional.empty();
        }
        return firstThatFits(true).or(() -> firstThatFits(false));
    }

    /** Takes the slot of this claim back. */
    void leave(Claim claim) {
        inFlight--;
        decrease(busyJobs, claim.jobUuid());
        claim.providers().forEach(provider -> decrease(busyProviders, provider));
        if (!busyJobs.containsKey(claim.jobUuid()) && noneWaitsOf(claim.jobUuid())) {
            jobCaps.remove(claim.jobUuid());
        }
    }

    int inFlight() {
        return inFlight;
    }

    int waiting() {
        return waiting.values().stream().mapToInt(Deque::size).sum();
    }

    /** Whoever asks for the same fits or does not fit together, so only the first of them is looked at. */
    private Optional<W> firstThatFits(boolean sharing) {
        Claim fits = null;
        long earliest = Long.MAX_VALUE;
        for (Map.Entry<Claim, Deque<Waiting<W>>> alike : waiting.entrySet()) {
            long arrival = alike.getValue().getFirst().arrival();
            Claim claim = alike.getKey();
            if (arrival < earliest && jobHasRoom(claim) && (!sharing || providersHaveRoom(claim))) {
                fits = claim;
                earliest = arrival;
            }
        }
        return Optional.ofNullable(fits).map(this::enter);
    }

    private boolean jobHasRoom(Claim claim) {
        int cap = jobCaps.getOrDefault(claim.jobUuid(), slots);
        return busyJobs.getOrDefault(claim.jobUuid(), 0) < cap;
    }

    private boolean providersHaveRoom(Claim claim) {
        return claim.providers().stream().allMatch(provider -> busyProviders.getOrDefault(provider, 0) < providerShare);
    }

    private W enter(Claim claim) {
        Deque<Waiting<W>> alike = waiting.get(claim);
        W who = alike.removeFirst().who();
        if (alike.isEmpty()) {
            waiting.remove(claim);
        }
        inFlight++;
        busyJobs.merge(claim.jobUuid(), 1, Integer::sum);
        claim.providers().forEach(provider -> busyProviders.merge(provider, 1, Integer::sum));
        return who;
    }

    private boolean noneWaitsOf(UUID jobUuid) {
        return waiting.keySet().stream().noneMatch(claim -> claim.jobUuid().equals(jobUuid));
    }

    private static void decrease(Map<UUID, Integer> counts, UUID key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    /**
     * Somebody who waits.
     *
     * @param arrival how many came before
     */
    private record Waiting<W>(long arrival, W who) {}
}
