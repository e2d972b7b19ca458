package io.hermes.orchestrator.plan;

import io.hermes.orchestrator.state.Takeover;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The right to plan a job, until somebody raises the epoch.
 *
 * @param epoch under which pages may be committed
 * @param token where the listing goes on, empty at its beginning
 * @param scanned documents that earlier pages brought
 * @param recallsFrom the destination, of a job that need not bring what an earlier one has proven to stand there
 * @param documentUuids exactly these documents; empty to select otherwise
 * @param documentKeys exactly these keys; empty to select otherwise
 * @param documentList exactly the keys of this list
 */
record PlanClaim(
        long jobId,
        int epoch,
        Optional<String> token,
        long scanned,
        UUID source,
        Optional<UUID> recallsFrom,
        Instant started,
        FilterCriteria criteria,
        Set<UUID> documentUuids,
        List<String> documentKeys,
        Optional<Long> documentList)
        implements Takeover.Claim {

    /** Whether nothing of the listing has been committed yet. */
    boolean atBeginning() {
        return token.isEmpty() && scanned == 0;
    }
}
