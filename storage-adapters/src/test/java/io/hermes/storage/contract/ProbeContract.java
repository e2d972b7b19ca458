package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.bytes;
import static io.hermes.storage.contract.Steps.keys;
import static io.hermes.storage.contract.Steps.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hermes.storage.Capabilities;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.Feature;
import io.hermes.storage.ProbeDepth;
import io.hermes.storage.ProbeReport;
import org.junit.jupiter.api.Test;

/** A probe reports, whatever happens, and leaves no trace. */
interface ProbeContract extends StoreUnderTest {

    @Test
    default void reachesTheStoreWithoutWriting() {
        // Given
        put(seeder(), "a", bytes(1));

        // When
        ProbeReport report = await(store().probe(ProbeDepth.REACH));

        // Then
        assertThat(report.healthy()).isTrue();
        assertThat(report.steps()).isNotEmpty();
        assertThat(report.measured()).isEqualTo(ProbeReport.Measured.NOTHING);
    }

    @Test
    default void measuresWhatTheStoreDeclares() {
        // Given
        put(seeder(), "a", bytes(1));

        // When
        ProbeReport report = await(store().probe(ProbeDepth.CAPABILITIES));

        // Then
        Capabilities declared = store().capabilities();
        assertThat(report.healthy()).as("%s", report).isTrue();
        assertThat(report.measured().saw(Feature.CONDITIONAL_PUT)).isEqualTo(declared.has(Feature.CONDITIONAL_PUT));
        assertThat(report.measured().saw(Feature.CONDITIONAL_REPLACE))
                .isEqualTo(declared.has(Feature.CONDITIONAL_REPLACE));
        assertThat(report.measured().saw(Feature.CONDITIONAL_DELETE))
                .isEqualTo(declared.has(Feature.CONDITIONAL_DELETE));
        assertThat(keys(store())).containsExactly("a");
    }

    @Test
    default void aMissingStoreIsAFailedStep() {
        assumeTrue(storeWithoutContainer().isPresent(), "such a store is always there");
        try (DocumentStore missing = storeWithoutContainer().orElseThrow()) {
            // When
            ProbeReport report = await(missing.probe(ProbeDepth.CAPABILITIES));

            // Then
            assertThat(report.healthy()).isFalse();
            assertThat(report.measured()).isEqualTo(ProbeReport.Measured.NOTHING);
        }
    }
}
