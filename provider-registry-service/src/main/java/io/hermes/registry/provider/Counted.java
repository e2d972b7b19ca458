package io.hermes.registry.provider;

/**
 * A change of a provider's counters.
 *
 * @param provider its name
 * @param type its type
 * @param quota what it may hold, or {@code null}
 * @param before what the counters said
 * @param after what they say now
 */
record Counted(String provider, String type, Quota quota, Amount before, Amount after) {}
