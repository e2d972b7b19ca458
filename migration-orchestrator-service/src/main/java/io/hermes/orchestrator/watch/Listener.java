package io.hermes.orchestrator.watch;

import io.hermes.orchestrator.state.MigrationSettings;
import io.hermes.orchestrator.view.ProgressView;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One connection. It is told no more often than the job is looked at, and one that reads slowly keeps the newest notice only, which
 * replaces what it has not taken yet.
 */
final class Listener {

    private final MultiEmitter<? super Notice> emitter;
    private final Duration heartbeat;
    /** Looks may come a little early. */
    private final Duration pace;

    private Optional<ProgressView> taken = Optional.empty();
    private String told = "";
    private long toldSequence = -1;
    private long toldAt = System.nanoTime();

    Listener(MultiEmitter<? super Notice> emitter, MigrationSettings.Events settings) {
        this.emitter = emitter;
        this.heartbeat = settings.heartbeat();
        this.pace = settings.interval().multipliedBy(9).dividedBy(10);
    }

    /**
     * The first look.
     *
     * @param known whether this listener has seen this state before it lost its connection
     */
    synchronized void begin(ProgressView first, boolean known) {
        if (known && !first.ended()) {
            told = first.fingerprint();
            toldSequence = first.sequence();
            taken = Optional.of(first);
            emit(new Notice.Silence());
        } else {
            tell(first);
        }
    }

    /** The job as it stands now, or still; or as it stood before this listener came, which is not told. */
    synchronized void look(ProgressView now) {
        if (now.sequence() < toldSequence) {
            return;
        }
        if (now.ended() || (isOlderThan(pace) && !now.fingerprint().equals(told))) {
            tell(now);
        }
    }

    /** Says something if nothing was said for a while. A connection that has something to take needs no sign of life. */
    synchronized void keepAlive() {
        if (isOlderThan(heartbeat) && emitter.requested() > 0) {
            emit(new Notice.Silence());
        }
    }

    /** There is nothing to watch any more. */
    void end() {
        emitter.complete();
    }

    private void tell(ProgressView now) {
        Notice.Kind kind = kindOf(now);
        if (emitter.requested() > 0) {
            taken = Optional.of(now);
        }
        told = now.fingerprint();
        toldSequence = now.sequence();
        emit(new Notice.Told(kind, now));
        if (kind == Notice.Kind.END) {
            emitter.complete();
        }
    }

    private Notice.Kind kindOf(ProgressView now) {
        if (now.ended()) {
            return Notice.Kind.END;
        }
        return taken.filter(before -> !sameStatus(before, now)).isPresent() ? Notice.Kind.STATUS : Notice.Kind.PROGRESS;
    }

    private static boolean sameStatus(ProgressView before, ProgressView now) {
        return before.status().equals(now.status())
                && before.phase().equals(now.phase())
                && Objects.equals(before.pendingAction(), now.pendingAction())
                && Objects.equals(before.statusReason(), now.statusReason());
    }

    private void emit(Notice notice) {
        toldAt = System.nanoTime();
        emitter.emit(notice);
    }

    private boolean isOlderThan(Duration age) {
        return System.nanoTime() - toldAt >= age.toNanos();
    }
}
