package io.hermes.registry.declared;

import static io.hermes.registry.RegistryProfile.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.hermes.registry.RegistryProfile;
import io.hermes.registry.declared.FileState.Word;
import io.hermes.registry.provider.DeclaredFault;
import io.hermes.registry.provider.Prune;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of providers with a fault. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class RefusedFileTest extends WithProvidersFile {

    @Test
    void theFileOfBeforeIsGoodAgain() throws IOException {
        file(memory(name));
        FileSync registry = registry(Prune.NEVER);
        look(registry);
        file(memory(name), memory(name));
        assertThat(look(registry).word()).isEqualTo(Word.REFUSED);

        file(memory(name));

        assertThat(look(registry).word()).isEqualTo(Word.APPLIED);
        shown(name).then().body("version", equalTo(1));
    }

    @Test
    void thereIsOnePrimaryWhateverTheFileSays() throws IOException {
        admin().contentType(ContentType.JSON)
                .body("{\"providerName\":\"" + other + "\",\"providerType\":\"memory\",\"isPrimary\":true}")
                .post(PROVIDERS)
                .then()
                .statusCode(201);
        file(memory(name, "isPrimary: true"));
        FileSync registry = registry(Prune.NEVER);

        FileState state = look(registry);

        assertThat(state.word()).isEqualTo(Word.REFUSED);
        assertThat(state.faults())
                .extracting(DeclaredFault::message)
                .first()
                .asString()
                .contains("primary");
        shown(name).then().statusCode(404);
        admin().delete(PROVIDERS + other).then().statusCode(200);
        assertThat(look(registry).word()).isEqualTo(Word.APPLIED);
    }

    /** The first of them could be registered; only the database knows that the second one cannot. */
    @Test
    void whatFailsInTheMiddleIsNotAppliedByHalf() throws IOException {
        admin().contentType(ContentType.JSON)
                .body("{\"providerName\":\"" + other + "\",\"providerType\":\"memory\",\"isPrimary\":true}")
                .post(PROVIDERS)
                .then()
                .statusCode(201);
        file(memory(name), memory(name + "-2", "isPrimary: true"));

        FileState state = look(registry(Prune.NEVER));

        assertThat(state.word()).isEqualTo(Word.REFUSED);
        shown(name).then().statusCode(404);
        shown(name + "-2").then().statusCode(404);
        assertThat(recorded("provider.create", name)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- providerName: bad\n",
                "- providerName: bad\n  providerType: azure\n",
                "- providerName: a b\n  providerType: memory\n",
                "- providerName: bad\n  providerType: memory\n  providerName: bad\n",
                "- providerName: bad\n  providerType: memory\n  nonsense: 1\n",
                "- providerName: bad\n  providerType: memory\n  status: Active\n",
                "- providerName: bad\n  providerType: memory\n  quota: {maxBytes: 0}\n",
                "- providerName: bad\n  providerType: memory\n  quota: {maxBytes: 1.5}\n",
                "- providerName: bad\n  providerType: memory\n  quota: {maxDocuments: 10.0}\n",
                "- providerName: bad\n  providerType: memory\n  quota: {warnPercent: '80'}\n",
                "- providerName: bad\n  providerType: memory\n  quota: {most: 1}\n",
                "- providerName: bad\n  providerType: memory\n  limits: {requestsPerSecond: 0}\n",
                "- providerName: bad\n  providerType: memory\n  limits: {bytesPerSecond: 1023}\n",
                "- providerName: bad\n  providerType: memory\n  limits: {bytesPerSecond: 2048.0}\n",
                "- providerName: bad\n  providerType: memory\n  limits: {windows: ['daily 08:00-18:00']}\n",
                "- providerName: bad\n  providerType: memory\n  limits: {windows: [8]}\n",
                "- providerName: bad\n  providerType: memory\n  limits: {bytesPerSecond: 2048, timeZone: Berlin}\n",
                "- providerName: bad\n  providerType: memory\n  limits: {burst: 1}\n",
                "- providerName: bad\n  providerType: memory\n  config: {nonsense: 1}\n",
                "- providerName: bad\n  providerType: memory\n  config: {revisions: 'true'}\n",
                "- providerName: bad\n  providerType: memory\n  config: {name: '${HERMES_NOBODY_SETS_THIS}'}\n",
                "- providerName: bad\n  providerType: memory\n  config: {name: '${file:/nobody/wrote/this}'}\n",
                "- providerName: bad\n  providerType: memory\n  config: {name: '${'}\n",
                "- providerName: bad\n  providerType: memory\n  config: &a {name: x}\n- *a\n",
                "- !!java.net.URL [x]\n",
                "- providerName: bad\n  providerType: !!java.net.URL x\n",
                "- {a: {b: [[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]}}\n",
                "- providerName: [\n",
                "]\n"
            })
    void aBadFileChangesNothing(String bad) throws IOException {
        file(memory(other));
        applied(Prune.NEVER);
        file(memory(name), bad);

        FileState state = look(registry(Prune.DELETE));

        assertThat(state.word()).isEqualTo(Word.REFUSED);
        assertThat(state.faults()).isNotEmpty();
        shown(name).then().statusCode(404);
        shown("bad").then().statusCode(404);
        shown(other).then().statusCode(200).body("status", equalTo("active")).body("version", equalTo(1));
    }

    @Test
    void everyFaultOfTheFileIsToldAtItsPlaceAndWithoutValues() throws IOException {
        file(
                "- providerName: bad\n  providerType: s3\n  config: {bucket: Upper, secret_key: [" + CANARY + "]}\n",
                "- providerName: bad\n  providerType: memory\n");

        assertThat(look(registry(Prune.NEVER)).faults())
                .extracting(DeclaredFault::pointer)
                .containsExactlyInAnyOrder(
                        "/providers/0/config/secret_key",
                        "/providers/0/config/region",
                        "/providers/0/config/bucket",
                        "/providers/0/config/access_key",
                        "/providers/1/providerName");
        assertThat(look(registry(Prune.NEVER)).faults().toString()).doesNotContain(CANARY);
    }

    @Test
    void aRegistryWithABadFileGoesOnAndSaysSo() throws IOException {
        Files.writeString(mounted, "providers:\n" + memory(name));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> admin().get("/api/v2/provider-file")
                        .then()
                        .body("state", equalTo("applied"))
                        .body("changes.size()", equalTo(0)));
        assertThat(recorded("provider.create", name)).isEqualTo(1);

        Files.writeString(mounted, "providers:\n" + memory(name, "config: {nonsense: 1}"));

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> admin().get("/api/v2/provider-file")
                        .then()
                        .body("state", equalTo("refused"))
                        .body("faults.pointer", hasItem("/providers/0/config/nonsense")));
        RestAssured.get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'providers file' }.data.state", equalTo("refused"));
        RestAssured.get("/q/metrics").then().body(containsString("hermes_providers_file_valid 0.0"));
        shown(name).then().statusCode(200);
    }
}
