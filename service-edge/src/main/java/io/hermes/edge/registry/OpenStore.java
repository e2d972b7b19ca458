package io.hermes.edge.registry;

import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.storage.DocumentStore;

/**
 * An opened store and the settings it was opened with.
 *
 * @param provider the settings
 * @param store shared by everybody who asked for it: whoever gets it must not close it
 */
public record OpenStore(ResolvedProvider provider, DocumentStore store) {}
