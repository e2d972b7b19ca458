package io.hermes.orchestrator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.orchestrator.testing.Heap;
import io.hermes.orchestrator.testing.ManyItems;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A ledger of a million documents takes no more memory than one of a few thousand. */
@QuarkusTest
@Tag("full")
@Tag("scale")
class LedgerOfAMillionTest extends ApiTest {

    private static final Logger LOG = Logger.getLogger(LedgerOfAMillionTest.class);
    private static final int DOCUMENTS = ManyItems.documents(1_000_000);
    private static final int MEASUREMENTS = 5;
    private static final int BETWEEN_MEASUREMENTS = DOCUMENTS / MEASUREMENTS;

    /** A million rows held at once take hundreds of megabytes. */
    private static final long MOST_GROWTH = 48L << 20;

    private long job;

    @BeforeEach
    void aMillionItems() {
        job = createJob("a million");
        ManyItems.fill(database, DOCUMENTS, this::fill);
    }

    private void fill() {
        int inserted = sql("""
                INSERT INTO migration_items (migration_job_id, source_provider_id, dest_provider_id, status, source_content_hash,
                                             dest_content_hash, content_match, size_bytes, completed_at)
                SELECT ?, 'folder/document-' || n, 'folder/document-' || n, 'completed', repeat('0', 64), repeat('0', 64), true, 10, now()
                  FROM generate_series(1, ?) AS n
                """, job, DOCUMENTS);
        assertThat(inserted).isEqualTo(DOCUMENTS);
    }

    @AfterEach
    void noItems() {
        sql("DELETE FROM migration_items WHERE migration_job_id = ?", job);
    }

    @Test
    void theHeapStaysFlat() throws Exception {
        HttpRequest request = ledger(job, "text/csv");
        List<Long> used = new ArrayList<>();
        long lines = 0;
        String last = "";
        long began = System.nanoTime();

        try (HttpClient client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                BufferedReader answer = new BufferedReader(new InputStreamReader(
                        client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                                .body(),
                        StandardCharsets.UTF_8))) {
            for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                last = line;
                lines++;
                if (lines % BETWEEN_MEASUREMENTS == BETWEEN_MEASUREMENTS / 10) {
                    used.add(Heap.used());
                }
            }
        }

        LOG.infof("%d lines in %d ms; heap %s", lines, (System.nanoTime() - began) / 1_000_000, used);
        assertThat(last).startsWith("end,");
        assertThat(lines).isEqualTo(DOCUMENTS + 2);
        assertThat(used).hasSize(MEASUREMENTS);
        assertThat(Collections.max(used) - used.getFirst()).isLessThan(MOST_GROWTH);
    }
}
