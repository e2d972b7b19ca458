package io.hermes.orchestrator.dispatch;

import io.hermes.orchestrator.testing.DrivenEngine;
import io.hermes.orchestrator.testing.EngineTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A provider in trouble is left alone for as long as it is said, from the moment in which it is. */
@QuarkusTest
@TestProfile(DrivenEngine.class)
class ProviderHoldsTest extends EngineTest {

    @Inject
    ProviderHolds holds;

    @Test
    void aHoldIsWholeAndSoIsTheWaitForTheNextProbe() {
        UUID provider = UUID.randomUUID();

        String held = inOlderTransaction(tx -> holds.hold(tx, provider, "provider_unavailable", Duration.ofHours(1)));
        hasAnHour(provider, held);

        update("UPDATE provider_holds SET retry_at = now() - interval '1 second' WHERE provider_uuid = ?", provider);
        String probed = inOlderTransaction(tx -> holds.pass(tx, List.of(provider)));
        hasAnHour(provider, probed);
    }

    private void hasAnHour(UUID provider, String from) {
        assertAnHourBehind(from, "SELECT retry_at FROM provider_holds WHERE provider_uuid = ?", provider);
    }
}
