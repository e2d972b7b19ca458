package io.hermes.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.testing.RegistryStandIn;
import io.hermes.orchestrator.item.PlannedItem;
import io.hermes.orchestrator.testing.EngineTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PlannerTest extends EngineTest {

    @Inject
    PageCommit pages;

    @Test
    void aPageOfAnOwnerThatLostItsClaimIsNotWritten() {
        // Given: planning that another replica took over and goes on with
        ResolvedProvider source = memoryProvider("source");
        long job = job(source.providerUuid(), UUID.randomUUID(), "");
        update(
                "UPDATE migration_job_progress SET planning_epoch = 7, planning_lease_until = now() + interval '10 minutes'"
                        + " WHERE job_id = ?",
                job);
        update("UPDATE migration_jobs SET status = 'running', started_at = now() WHERE id = ?", job);
        PlanClaim lost = claim(job, 6, source.providerUuid());

        // When
        var written = done(pages.commit(lost, page()));

        // Then
        assertThat(written).isEmpty();
        assertThat(counted(job)).startsWith("0 ");
        assertThat(done(pages.commit(claim(job, 7, source.providerUuid()), page())))
                .hasValue(1);
    }

    private static PlanClaim claim(long job, int epoch, UUID source) {
        return new PlanClaim(
                job,
                epoch,
                Optional.empty(),
                0,
                source,
                Optional.empty(),
                Instant.now(),
                FilterCriteria.EVERYTHING,
                Set.of(),
                List.of(),
                Optional.empty());
    }

    private static PlannedPage page() {
        return new PlannedPage(List.of(PlannedItem.ready("a", null, 1, "r")), Optional.of("next"), false);
    }

    @Test
    void onlyWhatTheFilterAcceptsIsPlanned() {
        ResolvedProvider source = memoryProvider("source");
        put(source, "rfc/a.md", "0123456789");
        put(source, "rfc/b.txt", "0123456789");
        put(source, "rfc/c.md", "0");
        put(source, "rfc-old/d.md", "0123456789");
        long job = job(
                source.providerUuid(),
                UUID.randomUUID(),
                "filter_criteria = '{\"pathPrefix\": \"rfc/\", \"glob\": \"**/*.md\", \"minSizeBytes\": 5}', dispatch_window = 1");

        start(job);

        await().until(() -> planned(job));
        assertThat(texts("SELECT source_provider_id FROM migration_items WHERE migration_job_id = ?", job))
                .containsExactly("rfc/a.md");
    }

    @Test
    void aDocumentThatIsFoundNowhereIsAFailedItem() {
        UUID there = UUID.randomUUID();
        UUID inHead = UUID.randomUUID();
        UUID nowhere = UUID.randomUUID();
        ResolvedProvider source = memoryProvider("source");
        put(source, there + ".md", "x");
        put(source, "named.md", "---\nuuid: " + inHead + "\n---\ntext");
        put(source, "unwanted.md", "x");
        long job = job(
                source.providerUuid(),
                UUID.randomUUID(),
                "dispatch_window = 1, document_uuids = '{" + there + "," + inHead + "," + nowhere + "}'");

        start(job);

        await().until(() -> planned(job));
        assertThat(texts("SELECT source_provider_id FROM migration_items WHERE migration_job_id = ?", job))
                .containsExactlyInAnyOrder(there + ".md", "named.md", "uuid:" + nowhere);
        assertThat(text("SELECT error_code FROM migration_items WHERE migration_job_id = ? AND status = 'failed'", job))
                .isEqualTo("SOURCE_NOT_FOUND");
        // Two looks, and the dispatcher may queue the first document between them.
        await().untilAsserted(() -> assertThat(counters(job)).isEqualTo(counted(job)));
    }

    @Test
    void anEmptySourceCompletes() {
        long job = job(memoryProvider("source").providerUuid(), UUID.randomUUID(), "");

        start(job);

        await().untilAsserted(() -> assertThat(status(job)).isEqualTo("completed"));
    }

    @Test
    void aMissingRootFailsTheJobAndSaysWhy() {
        UUID uuid = UUID.randomUUID();
        RegistryStandIn.put(new ResolvedProvider(
                901,
                uuid,
                "gone-" + uuid,
                "local",
                1,
                ProviderStatus.ACTIVE,
                true,
                Map.of("base_path", "/nowhere/at/all"),
                Map.of(),
                null,
                false));
        long job = job(uuid, UUID.randomUUID(), "");

        start(job);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(status(job)).isEqualTo("failed"));
        assertThat(text("SELECT status_reason FROM migration_jobs WHERE id = ?", job))
                .startsWith("PROVIDER_AUTH: ");
    }
}
