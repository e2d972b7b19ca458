package io.hermes.registry.provider;

import java.util.UUID;

/**
 * The right to count a store, until the lease ends or the provider's settings change.
 *
 * @param providerId whose store
 * @param provider the same, for everybody else
 * @param name its name
 * @param type its type
 * @param epoch number of the scan
 */
public record ScanLease(long providerId, UUID provider, String name, String type, long epoch) {}
