package io.hermes.orchestrator.project;

import io.hermes.contract.event.Compared;
import io.hermes.contract.event.ErrorCode;
import io.hermes.orchestrator.item.Item;
import io.hermes.orchestrator.item.ItemChange;
import io.hermes.orchestrator.item.ItemChange.Evidence;
import io.hermes.orchestrator.item.ItemChange.Lease;
import io.hermes.orchestrator.item.ItemChange.Trouble;
import io.hermes.orchestrator.item.Standing;
import java.util.List;
import java.util.Optional;

/**
 * What a comparison makes of an item: completed if both sides hash to the same, else failed for good, with the evidence of both sides. The
 * worker has looked at both a second time before it told a difference, so that comparing again by itself would find it again.
 */
final class Comparing {

    private Comparing() {}

    static ItemChange apply(Item item, Compared event, String worker) {
        Item seen = item.seen(Math.max(0, event.bytes()), Text.storable(event.sourceRevision()));
        Optional<Trouble> trouble = trouble(event);
        return new ItemChange(
                trouble.isPresent() ? seen.afterAttempt().at(Standing.FAILED) : seen.at(Standing.COMPLETED),
                null,
                Lease.ENDED,
                null,
                worker,
                evidence(event),
                trouble.orElse(null));
    }

    private static Evidence evidence(Compared event) {
        return new Evidence(
                event.documentUuid(),
                Text.storable(event.destKey()),
                Text.storable(event.destRevision()),
                ItemTransition.hash(event.sourceHash()),
                ItemTransition.hash(event.destHash()),
                0,
                event.durationMillis(),
                event.requests(),
                event.destBytes(),
                List.of(),
                event.metadataDifferences().stream().map(Text::storable).toList());
    }

    private static Optional<Trouble> trouble(Compared event) {
        String source = ItemTransition.hash(event.sourceHash());
        String destination = ItemTransition.hash(event.destHash());
        if (source != null && source.equals(destination)) {
            return Optional.empty();
        }
        return Optional.of(
                event.destHash() == null
                        ? new Trouble(
                                ErrorCode.DEST_NOT_FOUND.name(),
                                "The destination has no document under the key that a copy would get.",
                                false)
                        : new Trouble(ErrorCode.CONTENT_HASH_MISMATCH.name(), difference(event), false));
    }

    private static String difference(Compared event) {
        return event.destBytes() == null || event.destBytes() == event.bytes()
                ? "Source and destination hold different bytes, " + event.bytes() + " each."
                : "The source holds " + event.bytes() + " bytes and the destination " + event.destBytes() + ".";
    }
}
