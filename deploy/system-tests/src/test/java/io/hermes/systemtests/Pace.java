package io.hermes.systemtests;

import io.hermes.storage.testing.Fault;
import io.hermes.storage.testing.Faults;
import io.hermes.storage.testing.ProxiedRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/**
 * Slows a job's writes so that its documents last as long as the faults it is to suffer: a job that is over before the last blow
 * would prove nothing.
 */
final class Pace implements Fault {

    private static final Duration BRISK = Duration.ofMillis(20);
    private static final Duration SLOW = Duration.ofMillis(600);

    private final AtomicInteger passed = new AtomicInteger();
    private final int documents;
    private final DoubleSupplier suffered;

    /** @param suffered which share of the faults has happened */
    Pace(int documents, DoubleSupplier suffered) {
        this.documents = documents;
        this.suffered = suffered;
    }

    @Override
    public ProxiedRequest onRequest(ProxiedRequest request) throws IOException {
        boolean ahead = passed.incrementAndGet() > suffered.getAsDouble() * documents;
        return Faults.delay(ahead ? SLOW : BRISK).onRequest(request);
    }
}
