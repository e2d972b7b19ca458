package io.hermes.worker.task;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
    private final Map<W, Claim> waiting = new LinkedHashMap<>();
    private final Map<UUID, Integer> jobCaps = new HashMap<>();
    private final Map<UUID, Integer> busyJobs = new HashMap<>();
    private final Map<UUID, Integer> busyProviders = new HashMap<>();
    private int inFlight;

    Admission(int slots) {
        this.slots = slots;
        this.providerShare = Math.max(1, slots / 2);
    }

    void arrive(W who, Claim claim) {
        waiting.put(who, claim);
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
        return waiting.size();
    }

    private Optional<W> firstThatFits(boolean sharing) {
        Iterator<Map.Entry<W, Claim>> entries = waiting.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<W, Claim> entry = entries.next();
            if (jobHasRoom(entry.getValue()) && (!sharing || providersHaveRoom(entry.getValue()))) {
                entries.remove();
                enter(entry.getValue());
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    private boolean jobHasRoom(Claim claim) {
        int cap = jobCaps.getOrDefault(claim.jobUuid(), slots);
        return busyJobs.getOrDefault(claim.jobUuid(), 0) < cap;
    }

    private boolean providersHaveRoom(Claim claim) {
        return claim.providers().stream().allMatch(provider -> busyProviders.getOrDefault(provider, 0) < providerShare);
    }

    private void enter(Claim claim) {
        inFlight++;
        busyJobs.merge(claim.jobUuid(), 1, Integer::sum);
        claim.providers().forEach(provider -> busyProviders.merge(provider, 1, Integer::sum));
    }

    private boolean noneWaitsOf(UUID jobUuid) {
        return waiting.values().stream().noneMatch(claim -> claim.jobUuid().equals(jobUuid));
    }

    private static void decrease(Map<UUID, Integer> counts, UUID key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }
}
