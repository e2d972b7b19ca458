package io.hermes.systemtests;

import io.hermes.systemtests.Ledger.Balance;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks at the books five times a second while the job runs, and notes every moment at which they are wrong. */
final class Auditor implements AutoCloseable {

    private static final int PERIOD_MILLIS = 200;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger looks = new AtomicInteger();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final Ledger ledger;
    private long closedBefore;

    Auditor(Ledger ledger) {
        this.ledger = ledger;
        var unused = timer.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            check(ledger.balance());
        } catch (SQLException away) {
            // The server is one of the victims; what it says when it is back is what counts.
        } catch (RuntimeException unexpected) {
            faults.add(unexpected.toString());
        }
    }

    private void check(Balance now) {
        looks.incrementAndGet();
        if (!now.holds()) {
            faults.add("does not add up: " + now);
        }
        long closed = now.counters().closed();
        if (closed < closedBefore) {
            faults.add("fell behind " + closedBefore + " closed documents: " + now);
        }
        closedBefore = closed;
    }

    /** How many moments were judged. */
    int looks() {
        return looks.get();
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        timer.close();
    }
}
