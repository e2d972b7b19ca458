package io.hermes.edge.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.edge.EdgeProfile;
import io.hermes.storage.StoreFactory.SettingProblem;
import io.hermes.storage.StoreSettings;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EdgeProfile.class)
class LocalStorageTest {

    @Inject
    StoreFactories factories;

    @Test
    void aProviderLiesWhereTheOperatorSays() {
        assertThat(problems("/srv/documents/team")).isEmpty();
        assertThat(problems("/srv/documents-of-others"))
                .extracting(SettingProblem::key)
                .containsExactly("base_path");
    }

    private List<SettingProblem> problems(String base) {
        StoreSettings settings = new StoreSettings(
                new UUID(0, 1), "p", "local", true, Map.of("base_path", base), Map.of(), Optional.empty());
        return factories.of("local").orElseThrow().validate(settings);
    }
}
