package io.hermes.worker.copy;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.Precondition;
import io.hermes.storage.Revision;
import java.util.Optional;

/**
 * One try to write.
 *
 * @param transfer the copy it belongs to
 * @param source what is written
 * @param placement where, and with what
 * @param condition what must hold at the destination
 * @param replaced the stranger's revision that it replaces
 * @param looks how often a taken key was looked at so far
 * @param beside whether it already has a key beside a stranger's
 */
record Attempt(
        Transfer transfer,
        PinnedSource source,
        Placement placement,
        Precondition condition,
        Optional<Revision> replaced,
        int looks,
        boolean beside) {

    static Attempt first(Transfer transfer, PinnedSource source, Placement placement) {
        return new Attempt(transfer, source, placement, Precondition.ifAbsent(), Optional.empty(), 0, false);
    }

    Attempt looked() {
        return new Attempt(transfer, source, placement, condition, replaced, looks + 1, beside);
    }

    Attempt whereNothingStands() {
        return new Attempt(transfer, source, placement, Precondition.ifAbsent(), Optional.empty(), looks, beside);
    }

    Attempt replacingOurOwn(Revision seen) {
        return new Attempt(transfer, source, placement, Precondition.ifMatches(seen), Optional.empty(), looks, beside);
    }

    Attempt replacingStranger(Revision seen) {
        return new Attempt(transfer, source, placement, Precondition.ifMatches(seen), Optional.of(seen), looks, beside);
    }

    Attempt beside(DocumentKey key) {
        return new Attempt(transfer, source, placement.at(key), Precondition.ifAbsent(), Optional.empty(), 0, true);
    }
}
