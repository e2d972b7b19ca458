package io.hermes.registry.provider;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the scans of a store.
 *
 * @param view the last one; empty before the first
 * @param countedAt when one came to an end that counted everything, or {@code null}
 * @param exact whether no job wrote meanwhile
 * @param distribution what it found
 */
record LastScan(Optional<ScanView> view, Instant countedAt, boolean exact, List<Share> distribution) {

    static final LastScan NONE = new LastScan(Optional.empty(), null, false, List.of());
}
