package io.hermes.systemtests.fault;

import static org.awaitility.Awaitility.await;

import io.hermes.systemtests.oracle.Books;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.awaitility.core.ConditionTimeoutException;

/**
 * F5: a worker is stopped until a lease of its documents has lapsed, and then goes on. It hits only if the database has noted a lapse
 * meanwhile.
 *
 * @param books of the job whose documents the worker holds
 */
public record Freeze(Processes processes, Books books, List<Victim> workers) implements Blow {

    /** Beyond the lease, two sweeps, and the grace that every outage adds. */
    private static final Duration LONGEST = Duration.ofSeconds(25);

    private static final Duration POLL = Duration.ofMillis(100);

    public Freeze {
        workers = List.copyOf(workers);
    }

    @Override
    public boolean strike(RandomGenerator chance) throws Exception {
        Victim worker = workers.get(chance.nextInt(workers.size()));
        if (books.inHandsOf(worker.name()) == 0) {
            return false;
        }
        long before = books.lapses();
        long pid = processes.running(worker);
        Processes.signal(pid, "STOP");
        try {
            return awaitLapse(before);
        } finally {
            if (ProcessHandle.of(pid).isPresent()) {
                Processes.signal(pid, "CONT");
            }
        }
    }

    private boolean awaitLapse(long before) {
        try {
            await().atMost(LONGEST)
                    .pollInterval(POLL)
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .until(() -> books.lapses() > before);
            return true;
        } catch (ConditionTimeoutException itHeldNothing) {
            return false;
        }
    }
}
