package io.hermes.registry.declared;

import static io.hermes.registry.RegistryProfile.admin;
import static io.hermes.registry.RegistryProfile.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.hermes.registry.RegistryDatabase;
import io.hermes.registry.RegistryProfile;
import io.hermes.registry.declared.FileState.Word;
import io.hermes.registry.provider.Comparison;
import io.hermes.registry.provider.CreateProvider;
import io.hermes.registry.provider.DeclaredChange;
import io.hermes.registry.provider.DeclaredChange.Action;
import io.hermes.registry.provider.DeclaredFault;
import io.hermes.registry.provider.DeclaredProvider;
import io.hermes.registry.provider.Prune;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A file of providers, applied by one registry, or by several on one database. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class DeclaredProvidersTest extends WithProvidersFile {

    @Test
    void whatTheFileDescribesIsThereAndOnlyTheFileChangesIt() throws IOException {
        file(memory(name, "displayName: Papers", "isWritable: false", "config: {name: papers, revisions: true}"));

        assertThat(applied(Prune.NEVER).word()).isEqualTo(Word.APPLIED);

        shown(name)
                .then()
                .statusCode(200)
                .body("managedBy", equalTo("config"))
                .body("managedSource", equalTo("providers.yaml#" + name))
                .body("displayName", equalTo("Papers"))
                .body("isWritable", equalTo(false))
                .body("config.revisions", equalTo(true))
                .body("version", equalTo(1));
        admin().contentType(ContentType.JSON)
                .body("{\"displayName\":\"x\"}")
                .patch(PROVIDERS + name)
                .then()
                .statusCode(409)
                .body("code", equalTo("PROVIDER_MANAGED_BY_CONFIG"))
                .body("detail", containsString("edit the file"));
        admin().delete(PROVIDERS + name).then().statusCode(409).body("code", equalTo("PROVIDER_MANAGED_BY_CONFIG"));
        admin().contentType(ContentType.JSON)
                .body("{\"displayName\":\"x\"}")
                .patch(PROVIDERS + name + "?detach=true")
                .then()
                .statusCode(200)
                .body("managedBy", equalTo("api"))
                .body("managedSource", equalTo(null))
                .body("displayName", equalTo("x"));
        assertThat(look(registry(Prune.NEVER)).faults())
                .extracting(DeclaredFault::pointer)
                .containsExactly("/providers/0/providerName");
        file(memory(name, "adopt: true"));
        applied(Prune.NEVER);
        shown(name).then().body("managedBy", equalTo("config")).body("config.revisions", equalTo(null));
    }

    @Test
    void aChangedFileChangesOnlyWhatDiffers() throws IOException {
        file(memory(name, "config: {name: a}"), memory(other, "isPrimary: true"));
        FileSync registry = registry(Prune.NEVER);
        look(registry);

        file(memory(name, "config: {name: b}", "isPrimary: true"), memory(other));
        assertThat(look(registry).word()).isEqualTo(Word.APPLIED);

        shown(name)
                .then()
                .body("version", equalTo(2))
                .body("config.name", equalTo("b"))
                .body("isPrimary", equalTo(true));
        shown(other).then().body("isPrimary", equalTo(false));
        assertThat(recorded("provider.patch", name)).isEqualTo(1);
        assertThat(recorded("provider.patch", other)).isEqualTo(1);
        assertThat(look(registry(Prune.NEVER)).word()).isEqualTo(Word.APPLIED);
        shown(name).then().body("version", equalTo(2));
    }

    @Test
    void theFileSaysHowMuchAStoreMayHold() throws IOException {
        file(memory(name, "quota: {maxDocuments: 10, warnPercent: 50}"));
        applied(Prune.NEVER);
        shown(name).then().body("quota.maxDocuments", equalTo(10)).body("quota.warnPercent", equalTo(50));

        file(memory(name, "quota: {maxDocuments: 20, warnPercent: 50}"));
        applied(Prune.NEVER);

        shown(name).then().body("quota.maxDocuments", equalTo(20)).body("version", equalTo(2));
        file(memory(name));
        applied(Prune.NEVER);
        shown(name).then().body("quota", equalTo(null)).body("version", equalTo(3));
    }

    @Test
    void theFileSaysHowFastAStoreMayBeUsed() throws IOException {
        file(memory(
                name, "limits: {requestsPerSecond: 10, windows: ['daily 08:00-18:00 10M'], timeZone: Europe/Berlin}"));
        applied(Prune.NEVER);
        shown(name)
                .then()
                .body("limits.windows", contains("daily 08:00-18:00 10M"))
                .body("version", equalTo(1));
        applied(Prune.NEVER);
        shown(name).then().body("version", equalTo(1));

        file(memory(name, "limits: {requestsPerSecond: 20.5}"));
        applied(Prune.NEVER);

        shown(name)
                .then()
                .body("limits.requestsPerSecond", equalTo(20.5f))
                .body("limits.windows", empty())
                .body("version", equalTo(2));
        file(memory(name));
        applied(Prune.NEVER);
        shown(name).then().body("limits", equalTo(null)).body("version", equalTo(3));
    }

    /** Without the lease both would look at the stores, and one would fail to insert what the other just has. */
    @Test
    void twoRegistriesDoTheWorkOnce() throws IOException {
        file(memory(name), memory(other));
        List<FileSync> registries = List.of(registry(Prune.NEVER), registry(Prune.NEVER), registry(Prune.NEVER));

        List<CompletableFuture<FileState>> looks = registries.stream()
                .map(registry -> CompletableFuture.supplyAsync(() -> look(registry)))
                .toList();

        looks.forEach(CompletableFuture::join);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(registries)
                        .extracting(registry -> look(registry).word())
                        .containsOnly(Word.APPLIED));
        shown(name).then().statusCode(200).body("version", equalTo(1));
        shown(other).then().statusCode(200).body("version", equalTo(1));
        assertThat(probesOf(name)).isEqualTo(1);
        assertThat(probesOf(other)).isEqualTo(1);
        assertThat(recorded("provider.create", name)).isEqualTo(1);
        assertThat(recorded("provider.create", other)).isEqualTo(1);
    }

    /** It was slow, and another one has taken over: what it compared is no longer so. */
    @Test
    void whoHasLostTheLeaseAppliesNothing() {
        CreateProvider wanted = new CreateProvider(name, null, "memory", null, null, null, null, null, null, null);
        List<DeclaredProvider> file = List.of(new DeclaredProvider("/providers/0", false, wanted, "f#" + name));
        long slow = result(providers::lease).orElseThrow();
        Comparison compared = result(() -> providers.compare(file, Prune.NEVER));
        leaseEnds("clock_timestamp() - INTERVAL '1 second'");
        long next = result(providers::lease).orElseThrow();

        assertThatThrownBy(() -> result(() -> providers.apply(slow, compared, Prune.NEVER)))
                .hasMessageContaining("taken over");

        shown(name).then().statusCode(404);
        assertThat(result(() -> providers.end(slow))).isFalse();
        Comparison again = result(() -> providers.compare(file, Prune.NEVER));
        assertThat(result(() -> providers.apply(next, again, Prune.NEVER))).isTrue();
        shown(name).then().statusCode(200);
    }

    /** No store has to be looked at for such a change, so that only the transaction itself can notice. */
    @Test
    void whoHasLostTheLeaseChangesNotEvenAWord() throws IOException {
        file(memory(name));
        applied(Prune.NEVER);
        CreateProvider wanted =
                new CreateProvider(name, "Other words", "memory", null, null, null, null, null, null, null);
        List<DeclaredProvider> file =
                List.of(new DeclaredProvider("/providers/0", false, wanted, "providers.yaml#" + name));
        long slow = result(providers::lease).orElseThrow();
        Comparison compared = result(() -> providers.compare(file, Prune.NEVER));
        leaseEnds("clock_timestamp() - INTERVAL '1 second'");
        long next = result(providers::lease).orElseThrow();

        assertThatThrownBy(() -> result(() -> providers.apply(slow, compared, Prune.NEVER)))
                .hasMessageContaining("taken over");

        assertThat(compared.changes())
                .extracting(DeclaredChange::fields)
                .singleElement()
                .isEqualTo(List.of("displayName"));
        shown(name).then().body("displayName", equalTo(null)).body("version", equalTo(1));
        assertThat(result(() -> providers.end(next))).isTrue();
    }

    @Test
    void aRegistryThatDiedHoldingTheLeaseIsWaitedFor() throws IOException {
        file(memory(name));
        leaseEnds("clock_timestamp() + INTERVAL '1 hour'");
        FileSync registry = registry(Prune.NEVER);

        assertThat(look(registry).word()).isEqualTo(Word.WAITING);

        shown(name).then().statusCode(404);
        leaseEnds("clock_timestamp() - INTERVAL '1 second'");
        assertThat(look(registry).word()).isEqualTo(Word.APPLIED);
    }

    @Test
    void whatTheFileNoLongerDescribesIsLeftDisabledOrDeleted() throws IOException {
        file(memory(name), memory(other));
        applied(Prune.NEVER);
        file(memory(other));

        applied(Prune.NEVER);
        shown(name).then().body("status", equalTo("active"));
        applied(Prune.DISABLE);
        shown(name).then().body("status", equalTo("disabled"));
        applied(Prune.DELETE);
        shown(name).then().statusCode(404);
        shown(other).then().statusCode(200).body("status", equalTo("active"));
        assertThat(recorded("provider.delete", name)).isEqualTo(1);
    }

    @Test
    void whatTheFileNoLongerDescribesIsNoDifferenceUnlessItIsPruned() throws IOException {
        file(memory(name), memory(other));
        applied(Prune.NEVER);
        file(memory(other));

        assertThat(changes(Prune.NEVER)).isEmpty();
        assertThat(changes(Prune.DISABLE)).containsExactly(new DeclaredChange(name, Action.DISABLE, List.of()));
        assertThat(changes(Prune.DELETE)).containsExactly(new DeclaredChange(name, Action.DELETE, List.of()));
        shown(name).then().body("status", equalTo("active")).body("version", equalTo(1));
    }

    private List<DeclaredChange> changes(Prune prune) {
        return result(() -> registry(prune).compare()).changes();
    }

    @Test
    void aProviderInUseIsDeletedWhenItsJobHasEnded() throws IOException {
        file(memory(name), memory(other));
        applied(Prune.NEVER);
        String claim = "/internal/providers/" + shown(name).jsonPath().getString("providerUuid") + "/claims/"
                + UUID.randomUUID();
        service()
                .contentType(ContentType.JSON)
                .body("{\"jobName\":\"running\",\"role\":\"source\"}")
                .put(claim)
                .then()
                .statusCode(204);
        file(memory(other));
        FileSync registry = registry(Prune.DELETE);

        assertThat(look(registry).word()).isEqualTo(Word.WAITING);

        shown(name).then().statusCode(200).body("status", equalTo("active"));
        service()
                .contentType(ContentType.JSON)
                .body("{\"documents\":0,\"bytes\":0}")
                .delete(claim)
                .then()
                .statusCode(204);
        assertThat(look(registry).word()).isEqualTo(Word.APPLIED);
        shown(name).then().statusCode(404);
    }

    @Test
    void secretsOfTheFileAreSealedAndFollowTheirFile() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), CANARY + "\n");
        file("- {providerName: " + name
                + ", providerType: s3, config: {endpoint: 'http://127.0.0.1:1', region: us-east-1,"
                + " bucket: hermes-test, part_size_mb: !!int '8', access_key: id, secret_key: '${file:" + secret
                + "}'}}\n");
        FileSync registry = registry(Prune.NEVER);
        assertThat(look(registry).word()).isEqualTo(Word.APPLIED);

        service().get("/internal/providers/" + name).then().body("secrets.secret_key", equalTo(CANARY));
        shown(name).then().body("config.part_size_mb", equalTo(8)).body(not(containsString(CANARY)));
        assertThat(RegistryDatabase.number("SELECT count(*) FROM provider_storage p WHERE provider_name = '" + name
                        + "' AND position('" + CANARY + "' IN p::text) = 0"))
                .isEqualTo(1);
        look(registry(Prune.NEVER));
        shown(name).then().body("version", equalTo(1));
        Files.writeString(secret, CANARY + "-2\n");
        assertThat(look(registry).word()).isEqualTo(Word.APPLIED);
        service().get("/internal/providers/" + name).then().body("secrets.secret_key", equalTo(CANARY + "-2"));
    }

    @Test
    void aDryRunTellsTheDifferenceAndChangesNothing() throws IOException {
        file(memory(name));
        FileSync dry = new FileSync(
                new Settings(Optional.of(folder.resolve("providers.yaml")), Prune.NEVER, true), providers, json, vertx);

        assertThat(look(dry).word()).isEqualTo(Word.WAITING);

        shown(name).then().statusCode(404);
    }

    @Test
    void whatTheFileChangesIsToldAsWhatTheApiChanges() throws IOException {
        file(memory(name), memory(other));
        applied(Prune.NEVER);
        file(memory(name, "status: readonly"), memory(other));
        applied(Prune.NEVER);
        applied(Prune.NEVER);
        file(memory(other));
        applied(Prune.DELETE);

        assertThat(noted(name, "provider_version = 1 AND status = 'active' AND NOT deleted"))
                .isEqualTo(1);
        assertThat(noted(name, "provider_version = 2 AND status = 'readonly' AND NOT deleted"))
                .isEqualTo(1);
        assertThat(noted(name, "deleted")).isEqualTo(1);
        assertThat(noted(name, "true")).isEqualTo(3);
        assertThat(noted(other, "true")).isEqualTo(1);
    }

    /** The relay stands still in these tests. */
    private static long noted(String provider, String how) {
        return RegistryDatabase.number(
                "SELECT count(*) FROM provider_outbox WHERE provider_name = '" + provider + "' AND " + how);
    }
}
