package io.hermes.registry.declared;

import io.hermes.registry.provider.DeclaredChange;
import io.hermes.registry.provider.DeclaredFault;
import io.hermes.registry.provider.Prune;
import java.time.Instant;
import java.util.List;

/**
 * Answer of {@code GET /api/v2/provider-file}.
 *
 * @param state how the file stands
 * @param since since when
 * @param prune what becomes of a provider that it no longer describes
 * @param dryRun whether it is only compared
 * @param faults why it is, or would be, refused
 * @param changes what applying it now would do
 */
public record FileView(
        FileState.Word state,
        Instant since,
        Prune prune,
        boolean dryRun,
        List<DeclaredFault> faults,
        List<DeclaredChange> changes) {}
