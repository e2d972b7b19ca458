package io.hermes.systemtests.oracle;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Looks at books, items and stores again and again while a job runs, and notes every moment at which they are wrong. */
public final class Watch implements AutoCloseable {

    private static final int BOOKS_MILLIS = 200;
    private static final int ITEMS_MILLIS = 700;
    private static final int STORES_MILLIS = 500;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(3);
    private final Findings findings;
    private final List<Watched> looks;

    /** Begins at once. */
    public Watch(
            Books books,
            Manifest manifest,
            Store source,
            Store destination,
            Changes changes,
            RandomGenerator chance,
            Findings findings) {
        this.findings = findings;
        this.looks = List.of(
                new Watched(new BooksLook(books), BOOKS_MILLIS),
                new Watched(new ItemsLook(books), ITEMS_MILLIS),
                new Watched(new StoresLook(manifest, source, destination, changes, chance), STORES_MILLIS));
        looks.forEach(Watched::begin);
    }

    /** How often each way of looking got to see something; the smallest number counts. */
    public int looks() {
        return looks.stream().mapToInt(look -> look.taken.get()).min().orElse(0);
    }

    @Override
    public void close() {
        timer.close();
    }

    private final class Watched {

        private final Look look;
        private final int periodMillis;
        private final AtomicInteger taken = new AtomicInteger();

        private Watched(Look look, int periodMillis) {
            this.look = look;
            this.periodMillis = periodMillis;
        }

        private void begin() {
            var unused = timer.scheduleWithFixedDelay(this::take, 0, periodMillis, TimeUnit.MILLISECONDS);
        }

        private void take() {
            try {
                look.judge(findings);
                taken.incrementAndGet();
            } catch (SQLException | IOException away) {
                // A server is one of the victims; what it says when it is back is what counts.
            } catch (Exception unexpected) {
                findings.add("watch", unexpected.toString());
            }
        }
    }
}
