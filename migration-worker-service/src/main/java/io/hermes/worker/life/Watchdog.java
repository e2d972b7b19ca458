package io.hermes.worker.life;

import io.quarkus.runtime.Quarkus;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.reactive.messaging.providers.extension.HealthCenter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** A consumer that the messaging layer has closed never comes back by itself: after a while the worker ends, to be started again. */
@ApplicationScoped
class Watchdog {

    private static final Logger LOG = Logger.getLogger(Watchdog.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HealthCenter messaging;
    private final Patience patience = new Patience(PATIENCE);

    Watchdog(HealthCenter messaging) {
        this.messaging = messaging;
    }

    @Scheduled(every = "5s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void look() {
        if (patience.isOver(messaging.getLiveness().isOk(), System.nanoTime())) {
            LOG.error("messaging has been dead for too long, ending so that the supervisor starts this worker again");
            Quarkus.asyncExit(1);
        }
    }
}
