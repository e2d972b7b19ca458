package io.hermes.registry.provider;

import java.util.UUID;

/**
 * The right to look at a store, until the lease ends or somebody begins another look.
 *
 * @param providerId whose store
 * @param provider the same, for everybody else
 * @param name its name
 * @param type its type
 * @param epoch number of the look
 * @param state what the looks before came to
 */
public record HealthLease(long providerId, UUID provider, String name, String type, long epoch, HealthState state) {}
