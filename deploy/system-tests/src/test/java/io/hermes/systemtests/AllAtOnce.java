package io.hermes.systemtests;

import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.Requests;
import io.hermes.systemtests.fault.Blow;
import io.hermes.systemtests.fault.Blows.Pauses;
import io.hermes.systemtests.fault.Broker;
import io.hermes.systemtests.fault.Connections;
import io.hermes.systemtests.fault.CrashPoint;
import io.hermes.systemtests.fault.Processes;
import io.hermes.systemtests.fault.Victim;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * F35: every fault of processes, database and broker, and some of the store, against one job.
 *
 * @param intensity how often each happens, the rare ones once
 */
record AllAtOnce(Stage stage, Trial trial, String job, int intensity) {

    private static final Duration LONGER_THAN_ITS_REPORT = Duration.ofSeconds(3);
    private static final Duration WITHOUT_CONNECTIONS = Duration.ofSeconds(3);

    /** Adds them to the trial. */
    Trial suffered() {
        kills();
        database();
        broker();
        store();
        return trial;
    }

    private void kills() {
        Processes processes = stage.processes();
        often("F1 worker killed", 4, processes.killing(workers()));
        often("F2 orchestrator killed", 3, processes.killing(orchestrators()));
        once("F3 registry killed", processes.killing(Victim.REGISTRY));
        once("F6 PostgreSQL killed", processes.killing(Victim.POSTGRES));
        once("F6 PostgreSQL stopped", processes.ending("QUIT", Victim.POSTGRES));
        once("F10 broker killed", processes.killing(Victim.BROKER));
        once("F5 worker frozen", trial.freezing(processes, workers()));
        trial.suffers(stage.crash(CrashPoint.AFTER_PROJECTION_COMMIT, job));
        trial.suffers(stage.crash(CrashPoint.AFTER_WRITE, job));
    }

    private void database() {
        Connections connections = new Connections(stage.processes());
        often("F7 connections cut", 2, connections.cutting());
        once("F7 connections exhausted", connections.exhausting(WITHOUT_CONNECTIONS));
        often("F9 commit reply lost", 4, stage.replies().losing());
    }

    private void broker() {
        Broker broker = new Broker(stage.processes());
        once("F11 tasks deleted", broker.deleting(Broker.TASKS));
        once("F11 workers rewound", broker.rewinding(workers()));
        once("F11 projectors reset to latest", broker.skippingEvents(orchestrators()));
        once("F12 tasks repeated", broker.repeating(Broker.TASKS, 1));
        once("F12 events repeated", broker.repeating(Broker.EVENTS, 2));
        once("F13 a stranger joins and leaves", broker.joining());
    }

    private void store() {
        long seed = Seed.ofRun().value();
        trial.suffers("F14 slow documents", 5, puts(0.02, seed), Faults.delay(LONGER_THAN_ITS_REPORT))
                .suffers("F15 503 SlowDown", 5, puts(0.02, seed + 1), Faults.error(503, "SlowDown"))
                .suffers("F19 stored, reply lost", 5, puts(0.02, seed + 2), Faults.loseReply());
    }

    private static Requests puts(double share, long seed) {
        return Requests.of("PUT").share(share, seed);
    }

    private void often(String fault, int times, Blow blow) {
        trial.suffers(fault, times * intensity, Pauses.seconds(1, 8), blow.amongOthers());
    }

    private void once(String fault, Blow blow) {
        trial.suffers(fault, Math.max(1, intensity / 2), Pauses.seconds(2, 20), blow.amongOthers());
    }

    private Victim[] workers() {
        int workers = stage.description().workers().size();
        return IntStream.rangeClosed(1, workers).mapToObj(Victim::worker).toArray(Victim[]::new);
    }

    private Victim[] orchestrators() {
        int orchestrators = stage.description().orchestrators().size();
        return IntStream.rangeClosed(1, orchestrators)
                .mapToObj(Victim::orchestrator)
                .toArray(Victim[]::new);
    }
}
