package io.hermes.registry.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.provider.MeasuredCapabilities;
import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import io.hermes.edge.registry.StoreFactories;
import io.hermes.storage.Feature;
import io.hermes.storage.ProbeReport.Measured;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a probe saw reaches the store that a worker opens, by way of the database and the wire, feature by feature. */
class MeasuredFeaturesTest {

    /** The other two are told by the provider's status and by its type. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"WRITE", "HIERARCHICAL"})
    void noneIsDroppedOrTakenForAnother(Feature feature) {
        // Given
        MeasuredCapabilities kept = Registration.measured(new Measured(Set.of(feature)));

        // When
        Measured back = StoreFactories.settings(provider(kept)).measured().orElseThrow();

        // Then
        assertThat(back.seen()).containsExactly(feature);
    }

    private static ResolvedProvider provider(MeasuredCapabilities capabilities) {
        return new ResolvedProvider(
                1,
                new UUID(0, 1),
                "store",
                "s3",
                1,
                ProviderStatus.ACTIVE,
                true,
                Map.of(),
                Map.of(),
                capabilities,
                false);
    }
}
