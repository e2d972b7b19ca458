package io.hermes.registry;

import static io.hermes.registry.RegistryProfile.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Providers that are folders. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class LocalProviderTest {

    private static final String PROVIDERS = "/api/v2/providers";

    @TempDir
    Path folder;

    private final String name = "local-" + UUID.randomUUID();

    private Response register(Path root) {
        return admin().contentType(ContentType.JSON)
                .body("{\"providerName\":\"" + name + "\",\"providerType\":\"local\",\"config\":{\"base_path\":\""
                        + root + "\"}}")
                .post(PROVIDERS);
    }

    @Test
    void aFolderIsRegisteredAndTheProbeLeavesNothingBehind() throws IOException {
        register(folder.toRealPath())
                .then()
                .statusCode(201)
                .body("healthStatus", equalTo("healthy"))
                .body("warnings", nullValue());
        admin().get(PROVIDERS + "/" + name + "/health?refresh=true")
                .then()
                .statusCode(200)
                .body("healthStatus", equalTo("healthy"));
        try (Stream<Path> left = Files.walk(folder).filter(Files::isRegularFile)) {
            assertThat(left).isEmpty();
        }
    }

    /** Registry and workers may run on different machines, so it is a warning; the folder may also be mounted later. */
    @Test
    void aFolderThatDoesNotExistIsAWarningAndUnhealthyUntilItDoes() throws IOException {
        Path later = folder.toRealPath().resolve("later");
        register(later)
                .then()
                .statusCode(201)
                .body("healthStatus", equalTo("unhealthy"))
                .body("warnings[0]", notNullValue());
        assertThat(later).doesNotExist();
        Files.createDirectory(later);
        admin().get(PROVIDERS + "/" + name + "/health?refresh=true")
                .then()
                .statusCode(200)
                .body("healthStatus", equalTo("healthy"));
        admin().get(PROVIDERS + "/" + name).then().body("healthStatus", equalTo("healthy"));
    }
}
