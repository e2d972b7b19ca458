package io.hermes.registry.declared;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.registry.RegistryProfile;
import io.hermes.registry.declared.ProvidersFile.Reading;
import io.hermes.registry.provider.Comparison;
import io.hermes.registry.provider.DeclaredChange;
import io.hermes.registry.provider.Prune;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What {@code hermes provider import-hcl} makes of the specification's sample; its own test compares it with the same file. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class ImportedFileTest extends WithProvidersFile {

    private static final Path IMPORTED = Path.of("../deploy/cli/src/test/resources/rfc-089/providers.yaml");

    @Test
    void theRegistryTakesItAsItIs() throws IOException {
        // Given
        Set<String> asked = new TreeSet<>();
        ProvidersFile file = new ProvidersFile(json, new Interpolation(variable -> {
            asked.add(variable);
            return Optional.of("eu-central-1");
        }));

        // When
        Reading reading = file.read(Files.readString(IMPORTED), "providers.yaml");
        Comparison difference = result(() -> providers.compare(reading.providers(), Prune.NEVER));

        // Then
        assertThat(reading.faults()).isEmpty();
        assertThat(difference.faults()).isEmpty();
        assertThat(difference.changes())
                .extracting(DeclaredChange::providerName)
                .containsExactly("local-primary", "s3-archive", "s3-cold-storage");
        assertThat(Files.readString(IMPORTED))
                .contains(asked.stream().map(name -> "#   " + name).toList());
        assertThat(asked).hasSize(5);
    }
}
