package io.hermes.worker.life;

import io.hermes.worker.WorkerConfig;
import io.hermes.worker.report.Heartbeats;
import io.hermes.worker.task.Intake;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * An orderly end: no new task, those in flight finish and are reported and acknowledged, the rest stays unacknowledged and is
 * delivered to somebody else.
 */
@ApplicationScoped
class Drain {

    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(2);

    private final Intake intake;
    private final Heartbeats heartbeats;
    private final Duration grace;

    Drain(Intake intake, Heartbeats heartbeats, WorkerConfig config) {
        this.intake = intake;
        this.heartbeats = heartbeats;
        this.grace = config.shutdownGrace();
    }

    /** Blocks the shutdown thread, at most for the grace. */
    void run() {
        intake.close();
        LOG.infof("draining: %d documents in flight", intake.unfinished());
        sayGoodbye();
        if (!intake.awaitUnfinished(grace)) {
            LOG.warnf("the grace is over: %d documents are left to another worker", intake.unfinished());
        }
    }

    private void sayGoodbye() {
        try {
            heartbeats.draining().await().atMost(LONGEST_FAREWELL);
        } catch (RuntimeException unheard) {
            LOG.infof("nobody heard that this worker ends: %s", unheard.getMessage());
        }
    }
}
