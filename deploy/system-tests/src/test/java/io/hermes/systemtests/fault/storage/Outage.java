package io.hermes.systemtests.fault.storage;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hermes.storage.testing.Fault;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.FaultRule;
import io.hermes.storage.testing.Requests;
import io.hermes.systemtests.fault.Blow;
import io.hermes.systemtests.oracle.Books;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A store that has worked, works no more, and works again when so many requests have met that. It strikes only if some document has
 * arrived before: rejected credentials are an outage from then on, and a mistake in the settings until then.
 *
 * @param requests what does not work
 * @param answer what it says instead
 * @param refusals requests that meet it before it ends
 */
public record Outage(Books books, FaultProxy proxy, Requests requests, Fault answer, int refusals) implements Blow {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Duration POLL = Duration.ofMillis(20);

    @Override
    public boolean strike(RandomGenerator chance) throws SQLException {
        return strike(() -> true);
    }

    /** The same; it ends only when the job has said that this is what it waits for. */
    public Blow seenIn(Supplier<JsonNode> job, String reason) {
        return chance -> strike(() -> job.get().path("statusReason").asText().startsWith(reason));
    }

    private boolean strike(BooleanSupplier seen) throws SQLException {
        if (books.balance().counters().migrated() == 0) {
            return false;
        }
        FaultRule rule = proxy.on(requests, answer).orNever();
        try {
            await("requests meet the outage, and the job shows it")
                    .atMost(LIMIT)
                    .pollInterval(POLL)
                    .until(() -> rule.fired() >= refusals && seen.getAsBoolean());
            System.out.println("  refused " + rule.fired());
            return true;
        } finally {
            rule.stop();
        }
    }
}
