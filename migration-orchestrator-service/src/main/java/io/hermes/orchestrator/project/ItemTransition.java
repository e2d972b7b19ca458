package io.hermes.orchestrator.project;

import io.hermes.contract.event.Compared;
import io.hermes.contract.event.Deferred;
import io.hermes.contract.event.ErrorCode;
import io.hermes.contract.event.Failed;
import io.hermes.contract.event.Released;
import io.hermes.contract.event.Skipped;
import io.hermes.contract.event.Started;
import io.hermes.contract.event.Succeeded;
import io.hermes.contract.event.TaskEvent;
import io.hermes.contract.job.Strategy;
import io.hermes.orchestrator.item.Item;
import io.hermes.orchestrator.item.ItemChange;
import io.hermes.orchestrator.item.ItemChange.Evidence;
import io.hermes.orchestrator.item.ItemChange.Lease;
import io.hermes.orchestrator.item.ItemChange.Trouble;
import io.hermes.orchestrator.item.Standing;
import io.hermes.orchestrator.state.LockedJob;
import io.hermes.storage.Revision;
import java.util.List;
import java.util.Optional;

/**
 * What an event makes of an item: a pure function, the whole state machine.
 *
 * <ul>
 *   <li>A closed item never changes.
 *   <li>An event counts if it answers the present dispatch: same epoch, and the item is in flight. So the second copy of an event
 *       finds an item that is not in flight any more, or closed, and changes nothing.
 *   <li>The one exception: a successful copy of an older dispatch is evidence. It is accepted while the item is in its copy step, if
 *       the revision that was read is the item's.
 * </ul>
 */
final class ItemTransition {

    private static final int SHA_256_DIGITS = 64;

    private final LockedJob job;
    private final RetryDelay delay;

    ItemTransition(LockedJob job, RetryDelay delay) {
        this.job = job;
        this.delay = delay;
    }

    /** The change, or nothing. */
    Optional<ItemChange> apply(Item item, TaskEvent event, String worker) {
        if (item.standing().closed()) {
            return Optional.empty();
        }
        return switch (event) {
            case Started started -> started(item, started, worker);
            case Succeeded succeeded -> succeeded(item, succeeded, worker);
            case Compared compared ->
                copyAnswered(item, compared)
                        .filter(at -> job.terms().strategy() == Strategy.VERIFY)
                        .map(at -> Comparing.apply(at, compared, worker));
            case Skipped skipped -> copyAnswered(item, skipped).map(at -> skipped(at, skipped, worker));
            case Failed failed -> answered(item, failed).map(at -> failed(at, failed, worker));
            case Deferred deferred -> answered(item, deferred).map(at -> deferred(at, deferred, worker));
            case Released released ->
                item.epoch() == released.ref().epoch() && item.standing().releaseInFlight()
                        ? Optional.of(released(item, released, worker))
                        : Optional.empty();
        };
    }

    private Optional<ItemChange> started(Item item, Started event, String worker) {
        Optional<Item> answered = answered(item, event);
        boolean again = item.standing() == Standing.COPYING || item.standing() == Standing.RELEASING;
        if (answered.isEmpty() || (again && !announces(item, event))) {
            return Optional.empty();
        }
        Standing next = item.standing().copyInFlight() ? Standing.COPYING : Standing.RELEASING;
        Item begun = item.at(next).replacing(event.replacedRevision());
        return Optional.of(new ItemChange(begun, next.reason(), Lease.RENEWED, null, worker, null, null));
    }

    private static boolean announces(Item item, Started event) {
        return event.replacedRevision() != null && item.replacedRevision() == null;
    }

    private Optional<ItemChange> succeeded(Item item, Succeeded event, String worker) {
        boolean present = item.epoch() == event.ref().epoch() && item.standing().copyInFlight();
        boolean late = event.ref().epoch() <= item.epoch() && item.standing().copyStep() && sameSource(item, event);
        if (!present && !late) {
            return Optional.empty();
        }
        if (!isProven(event)) {
            return present ? Optional.of(unproven(item, event, worker)) : Optional.empty();
        }
        return Optional.of(copied(item, event, worker));
    }

    private static boolean sameSource(Item item, Succeeded event) {
        return item.sourceRevision() != null
                && event.sourceRevision() != null
                && Revision.parse(item.sourceRevision()).matches(Revision.parse(event.sourceRevision()));
    }

    private static boolean isProven(Succeeded event) {
        return event.sourceHash() != null
                && event.sourceHash().equals(event.destHash())
                && isSha256(event.sourceHash())
                && event.bytes() >= 0;
    }

    /** A success without proof is none (ARCHITECTURE §4), whoever says so. */
    private ItemChange unproven(Item item, Succeeded event, String worker) {
        return failed(
                item,
                new Failed(
                        event.ref(),
                        ErrorCode.CONTENT_HASH_MISMATCH,
                        "The worker reported a success whose hashes do not agree.",
                        true,
                        null,
                        event.durationMillis()),
                worker);
    }

    private ItemChange copied(Item item, Succeeded event, String worker) {
        boolean move = job.terms().strategy() == Strategy.MOVE;
        boolean release = move && job.pendingAction().isEmpty();
        Item after = item.at(release ? Standing.RELEASE_PENDING : Standing.COMPLETED)
                .seen(event.bytes(), event.sourceRevision())
                .replacing(event.replacedRevision());
        String reason = release ? Standing.RELEASE_PENDING.reason() : move ? "source_kept" : null;
        Evidence evidence = new Evidence(
                event.documentUuid(),
                Text.storable(event.destKey()),
                Text.storable(event.destRevision()),
                event.sourceHash(),
                event.destHash(),
                event.bytes(),
                event.durationMillis(),
                event.requests(),
                null,
                event.metadataLoss(),
                List.of());
        return new ItemChange(after, reason, Lease.ENDED, null, worker, evidence, null);
    }

    private static ItemChange skipped(Item item, Skipped event, String worker) {
        Item after = item.at(Standing.SKIPPED).seen(Math.max(0, event.bytes()), Text.storable(event.sourceRevision()));
        Evidence evidence = new Evidence(
                event.documentUuid(),
                Text.storable(event.destKey()),
                Text.storable(event.destRevision()),
                hash(event.sourceHash()),
                hash(event.destHash()),
                0,
                event.durationMillis(),
                event.requests(),
                null,
                List.of(),
                List.of());
        return new ItemChange(after, event.reason().word(), Lease.ENDED, null, worker, evidence, null);
    }

    private ItemChange failed(Item item, Failed event, String worker) {
        Item tried = item.afterAttempt();
        Trouble trouble = new Trouble(event.code().name(), Text.storable(event.message()), event.retryable());
        if (!event.retryable() || tried.attempts() >= tried.maxAttempts()) {
            return new ItemChange(tried.at(Standing.FAILED), null, Lease.ENDED, null, worker, null, trouble);
        }
        return waiting(
                tried, Standing.RETRY, delay.millisAfter(tried.attempts(), event.retryAfterMillis()), worker, trouble);
    }

    private ItemChange deferred(Item item, Deferred event, String worker) {
        Trouble trouble = new Trouble(event.code().name(), Text.storable(event.message()), true);
        return waiting(item, Standing.DEFERRED, delay.varied(Math.max(0, event.retryAfterMillis())), worker, trouble);
    }

    /** While the job is to stop, what comes back is plainly ready: nothing is dispatched, and nothing waits for a time. */
    private ItemChange waiting(Item item, Standing until, long millis, String worker, Trouble trouble) {
        if (item.standing().releaseInFlight()) {
            Standing release = Standing.RELEASE_PENDING;
            return new ItemChange(item.at(release), release.reason(), Lease.ENDED, millis, worker, null, trouble);
        }
        Standing next = job.active() ? until : Standing.READY;
        Long wait = job.active() ? millis : null;
        return new ItemChange(item.at(next), next.reason(), Lease.ENDED, wait, worker, null, trouble);
    }

    private static ItemChange released(Item item, Released event, String worker) {
        return new ItemChange(item.at(Standing.COMPLETED), "released", Lease.ENDED, null, worker, null, null);
    }

    private static Optional<Item> answered(Item item, TaskEvent event) {
        boolean inFlight = item.standing().copyInFlight() || item.standing().releaseInFlight();
        return item.epoch() == event.ref().epoch() && inFlight ? Optional.of(item) : Optional.empty();
    }

    private static Optional<Item> copyAnswered(Item item, TaskEvent event) {
        return answered(item, event).filter(at -> at.standing().copyInFlight());
    }

    static String hash(String value) {
        return value != null && isSha256(value) ? value : null;
    }

    /** Asked several times for each document, and by hand a tenth of what a pattern costs. */
    private static boolean isSha256(String value) {
        return value.length() == SHA_256_DIGITS && value.chars().allMatch(ItemTransition::isHexDigit);
    }

    private static boolean isHexDigit(int character) {
        return ('0' <= character && character <= '9') || ('a' <= character && character <= 'f');
    }
}
