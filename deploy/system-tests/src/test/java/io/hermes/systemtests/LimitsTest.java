package io.hermes.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.testing.Fault;
import io.hermes.storage.testing.ProxiedRequest;
import io.hermes.storage.testing.Requests;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A store that may be asked so often a second: all workers together keep to it, and no document pays for that. */
@Tag("full")
@ExtendWith(OnStage.class)
class LimitsTest {

    private static final String NAME = "limited";
    private static final int DOCUMENTS = 300;
    private static final int RATE = 20;
    /** What comes at once after a pause: a quarter of a second's, and one more of each worker. */
    private static final int AT_ONCE = RATE / 4 + 2;

    @Test
    @Timeout(600)
    void allWorkersTogetherAskTheStoreNoMoreThanItAllows(Stage stage) throws Exception {
        Corpus corpus = Corpus.write(NAME, DOCUMENTS, Seed.ofRun());
        Route route =
                Route.toBucket(stage.description(), NAME, corpus.folder(), "{\"requestsPerSecond\": " + RATE + "}");
        Arrivals arrivals = new Arrivals();
        route.proxy().on(documents(), arrivals);
        try (Trial trial = Trial.along(stage, NAME, corpus, route, Job.Terms.USUAL)) {
            trial.run().assertAllArrivedUncharged();

            // A request arrives after it was sent, so that a slow machine only makes it look less.
            assertThat(arrivals.count.get())
                    .as("requests in %s s", arrivals.seconds())
                    .isGreaterThanOrEqualTo(DOCUMENTS)
                    .isLessThanOrEqualTo((int) (RATE * arrivals.seconds()) + AT_ONCE);
        }
    }

    /** Those of the registry's, which looks whether the store is there, are not among them. */
    private static Requests documents() {
        return Requests.all()
                .matching(request -> request.key().startsWith(NAME + "/"))
                .matching(request -> !request.key().contains("/.hermes-"));
    }

    /** Counts requests from when it is made to the last of them. */
    private static final class Arrivals implements Fault {
        private final long begin = System.nanoTime();
        private final AtomicInteger count = new AtomicInteger();
        private volatile long last = begin;

        @Override
        public ProxiedRequest onRequest(ProxiedRequest request) {
            last = System.nanoTime();
            count.incrementAndGet();
            return request;
        }

        private double seconds() {
            return (last - begin) / 1e9;
        }
    }
}
