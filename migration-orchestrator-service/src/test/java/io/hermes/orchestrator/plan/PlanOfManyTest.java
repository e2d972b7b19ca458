package io.hermes.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.orchestrator.testing.EngineTest;
import io.hermes.orchestrator.testing.Heap;
import io.hermes.orchestrator.testing.ManyItems;
import io.hermes.storage.testing.Fault;
import io.hermes.storage.testing.FaultProxy;
import io.hermes.storage.testing.ProxiedReply;
import io.hermes.storage.testing.ProxiedRequest;
import io.hermes.storage.testing.Requests;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The last page of a source takes no more memory to plan than one of the first. */
@QuarkusTest
@Tag("full")
@Tag("scale")
class PlanOfManyTest extends EngineTest {

    private static final Logger LOG = Logger.getLogger(PlanOfManyTest.class);
    private static final Duration LIMIT = Duration.ofHours(3);
    private static final int DOCUMENTS = ManyItems.documents(200_000);
    private static final int MEASUREMENTS = 5;

    /** Keys and rows of 200,000 documents take more than that. */
    private static final long MOST_GROWTH = 32L << 20;

    @Test
    void theHeapStaysFlat() {
        try (FaultProxy server = FaultProxy.alone()) {
            server.on(Requests.all(), new Listing());
            long job = job(bucketOf(server, "secret"), UUID.randomUUID(), "dispatch_window = 1");
            List<Long> used = new ArrayList<>();
            long began = System.nanoTime();

            start(job);
            for (int part = 1; part <= MEASUREMENTS; part++) {
                long planned = (long) DOCUMENTS / MEASUREMENTS * part;
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(scanned(job)).isGreaterThanOrEqualTo(planned));
                used.add(Heap.used());
            }
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(
                                    text("SELECT planning_done FROM migration_job_progress WHERE job_id = ?", job))
                            .isEqualTo("t"));

            LOG.infof("%d documents in %d ms; heap %s", DOCUMENTS, (System.nanoTime() - began) / 1_000_000, used);
            assertThat(scanned(job)).isEqualTo(DOCUMENTS);
            assertThat(Collections.max(used) - used.getFirst()).isLessThan(MOST_GROWTH);
        }
    }

    private long scanned(long job) {
        return number("SELECT scanned FROM migration_job_progress WHERE job_id = ?", job);
    }

    /** An S3 server that lists documents and knows nothing else. Its token is the number of the next one. */
    private static final class Listing implements Fault {

        @Override
        public Optional<ProxiedReply> instead(ProxiedRequest request) {
            int first =
                    request.query("continuation-token").map(Integer::parseInt).orElse(0);
            int limit = request.query("max-keys").map(Integer::parseInt).orElse(1000);
            return Optional.of(ProxiedReply.of(200)
                    .with("Content-Type", "application/xml")
                    .text(page(first, Math.min(first + limit, DOCUMENTS))));
        }

        private static String page(int first, int end) {
            StringBuilder xml =
                    new StringBuilder("<ListBucketResult><Name>documents</Name><EncodingType>url</EncodingType>");
            xml.append("<IsTruncated>").append(end < DOCUMENTS).append("</IsTruncated>");
            if (end < DOCUMENTS) {
                xml.append("<NextContinuationToken>").append(end).append("</NextContinuationToken>");
            }
            for (int n = first; n < end; n++) {
                xml.append("<Contents><Key>document-")
                        .append(1_000_000_000 + n)
                        .append("</Key><LastModified>2026-11-01T00:00:00Z</LastModified><ETag>\"")
                        .append(n)
                        .append("\"</ETag><Size>10</Size></Contents>");
            }
            return xml.append("</ListBucketResult>").toString();
        }
    }
}
