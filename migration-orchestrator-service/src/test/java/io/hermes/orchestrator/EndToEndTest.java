package io.hermes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.orchestrator.testing.EngineTest;
import io.hermes.orchestrator.testing.TinyWorker;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** From a started job to a completed one, through planner, dispatcher, relay, broker and projector. */
@QuarkusTest
class EndToEndTest extends EngineTest {

    private static final int DOCUMENTS = 2000;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String broker;

    @Test
    void everyDocumentIsCountedOnceAndTheJobEnds() {
        // Given
        ResolvedProvider source = memoryProvider("source");
        for (int i = 0; i < DOCUMENTS; i++) {
            put(source, "folder/doc-" + i + ".md", "0123456789");
        }
        ResolvedProvider destination = memoryProvider("destination");
        long job = job(source.providerUuid(), destination.providerUuid(), "");

        try (TinyWorker worker = new TinyWorker(broker, TinyWorker::success)) {
            // When
            start(job);

            // Then
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(status(job)).isEqualTo("completed"));
        }
        assertThat(counters(job)).isEqualTo("2000 0 0 0 2000 0 0").isEqualTo(counted(job));
        assertThat(text("SELECT outcome FROM migration_jobs WHERE id = ?", job)).isEqualTo("success");
        assertThat(number("SELECT count(*) FROM migration_outbox WHERE migration_job_id = ?", job))
                .isZero();
        assertThat(number("SELECT count(*) FROM document_copies WHERE job_id = ?", job))
                .isEqualTo(DOCUMENTS);
        assertThat(number("SELECT migrated_bytes FROM migration_job_progress WHERE job_id = ?", job))
                .isEqualTo(DOCUMENTS * 10L);
        assertThat(number("SELECT count(*) FROM migration_items WHERE migration_job_id = ? AND epoch <> 1", job))
                .isZero();
    }
}
