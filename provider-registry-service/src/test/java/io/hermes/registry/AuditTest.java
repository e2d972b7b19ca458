package io.hermes.registry;

import static io.hermes.registry.RegistryProfile.admin;
import static io.hermes.registry.RegistryProfile.as;
import static io.hermes.registry.RegistryProfile.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who changed what is written down, in the transaction of the change, and stays. */
@QuarkusTest
@TestProfile(RegistryProfile.class)
class AuditTest {

    private static final String PROVIDERS = "/api/v2/providers";
    private static final String AUDIT = "/api/v2/audit-events";
    private static final String CANARY = "canary-of-the-audit-8c1e";
    private static final String NOTHING = "00000000-0000-4000-8000-000000000000";

    @Inject
    DataSource database;

    private final String name = "audited-" + UUID.randomUUID();

    private void sql(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement execution = connection.createStatement()) {
            execution.execute(statement);
        }
    }

    private long events() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement execution = connection.createStatement();
                ResultSet count = execution.executeQuery("SELECT count(*) FROM audit_events")) {
            count.next();
            return count.getLong(1);
        }
    }

    private Response create() {
        return as("ada")
                .contentType(ContentType.JSON)
                .body("""
                        {"providerName":"%s","providerType":"s3","config":{"endpoint":"http://127.0.0.1:1","region":"us-east-1",
                         "bucket":"first","access_key":"%2$s-a","secret_key":"%2$s-b"}}""".formatted(name, CANARY))
                .post(PROVIDERS);
    }

    private Response patch(String body) {
        return as("ada").contentType("application/merge-patch+json").body(body).patch(PROVIDERS + "/" + name);
    }

    private JsonPath last() {
        return admin().queryParam("limit", 1)
                .get(AUDIT)
                .then()
                .statusCode(200)
                .body("events", hasSize(1))
                .extract()
                .jsonPath()
                .setRootPath("events[0]");
    }

    @Test
    void aChangeIsRecordedWithWhoAndWhatWasDifferent() throws SQLException {
        String uuid = create().then().statusCode(201).extract().path("providerUuid");
        JsonPath created = last();
        patch("{\"displayName\":\"Second\",\"config\":{\"bucket\":\"second\"},\"status\":\"readonly\"}")
                .then()
                .statusCode(200);
        JsonPath patched = last();
        as("ada").delete(PROVIDERS + "/" + name).then().statusCode(200);
        JsonPath deleted = last();

        assertThat(created.getString("action")).isEqualTo("provider.create");
        assertThat(created.getString("actor")).isEqualTo("ada");
        assertThat(created.getString("target")).isEqualTo(uuid);
        assertThat(created.getString("targetName")).isEqualTo(name);
        assertThat(created.getString("outcome")).isEqualTo("done");
        assertThat(created.getString("at")).isNotNull();
        assertThat((Object) created.get("before")).isNull();
        assertThat(created.getMap("after"))
                .containsEntry("config.bucket", "first")
                .containsEntry("status", "active")
                .containsEntry("config.secret_key", Map.of("$secret", "set"));
        assertThat(patched.getString("action")).isEqualTo("provider.patch");
        assertThat(patched.getMap("before")).isEqualTo(Map.of("config.bucket", "first", "status", "active"));
        assertThat(patched.getMap("after"))
                .isEqualTo(Map.of("config.bucket", "second", "status", "readonly", "displayName", "Second"));
        assertThat(deleted.getString("action")).isEqualTo("provider.delete");
        assertThat((Object) deleted.get("after")).isNull();
        assertThat(deleted.getMap("before")).containsEntry("config.bucket", "second");
    }

    @Test
    void aReplacedSecretShowsAsReplacedAndNeverAsItself() throws SQLException {
        create().then().statusCode(201);
        patch("{\"config\":{\"secret_key\":\"" + CANARY + "-c\"}}").then().statusCode(200);

        JsonPath replaced = last();

        assertThat(replaced.getMap("before")).isEqualTo(Map.of("config.secret_key", Map.of("$secret", "set")));
        assertThat(replaced.getMap("after")).isEqualTo(Map.of("config.secret_key", Map.of("$secret", "replaced")));
        assertThat(table()).isNotEmpty().noneMatch(row -> row.contains(CANARY));
        as("ada").delete(PROVIDERS + "/" + name).then().statusCode(200);
    }

    private List<String> table() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement execution = connection.createStatement();
                ResultSet all = execution.executeQuery("SELECT audit_events::text FROM audit_events")) {
            while (all.next()) {
                rows.add(all.getString(1));
            }
        }
        return rows;
    }

    @Test
    void whoIsRefusedIsRecordedToo() throws SQLException {
        long before = events();

        as("viewer").delete(PROVIDERS + "/" + NOTHING).then().statusCode(403);
        JsonPath denied = last();
        as("ada").delete(PROVIDERS + "/" + NOTHING).then().statusCode(404);
        JsonPath unknown = last();

        assertThat(events()).isEqualTo(before + 2);
        assertThat(denied.getString("actor")).isEqualTo("viewer");
        assertThat(denied.getString("action")).isEqualTo("provider.delete");
        assertThat(denied.getString("target")).isEqualTo(NOTHING);
        assertThat(denied.getString("outcome")).isEqualTo("refused");
        assertThat(denied.getInt("status")).isEqualTo(403);
        assertThat(denied.getString("code")).isEqualTo("FORBIDDEN");
        assertThat(unknown.getString("actor")).isEqualTo("ada");
        assertThat(unknown.getString("code")).isEqualTo("PROVIDER_UNKNOWN");
    }

    /** Whatever route is added: a call of it that should change something leaves one event. */
    @Test
    void everyCallThatShouldChangeSomethingLeavesOneEvent() throws SQLException {
        Map<String, Map<String, Map<String, Object>>> paths = RestAssured.given()
                .queryParam("format", "json")
                .get("/q/openapi")
                .jsonPath()
                .getMap("paths");
        long calls = 0;
        long before = events();
        for (Map.Entry<String, Map<String, Map<String, Object>>> path : paths.entrySet()) {
            for (String method : List.of("post", "put", "patch", "delete")) {
                if (path.getValue().containsKey(method)) {
                    admin().contentType(ContentType.JSON)
                            .body("{}")
                            .request(method, path.getKey().replaceAll("\\{[^}]*}", NOTHING));
                    calls++;
                    assertThat(events()).as("%s %s", method, path.getKey()).isEqualTo(before + calls);
                }
            }
        }
        assertThat(calls).isGreaterThan(3);
    }

    @Test
    void aServiceThatClaimsAProviderIsRecorded() {
        String uuid = create().then().extract().path("providerUuid");
        UUID job = UUID.randomUUID();
        String claim = "/internal/providers/" + uuid + "/claims/" + job;

        service()
                .contentType(ContentType.JSON)
                .body("{\"jobName\":\"nightly\",\"role\":\"source\"}")
                .put(claim)
                .then()
                .statusCode(204);
        JsonPath claimed = last();
        service()
                .contentType(ContentType.JSON)
                .body("{\"documents\":0,\"bytes\":0}")
                .delete(claim)
                .then()
                .statusCode(204);

        assertThat(claimed.getString("actor")).isEqualTo("service");
        assertThat(claimed.getString("action")).isEqualTo("internal.claim");
        assertThat(claimed.getString("target")).isEqualTo(uuid);
        assertThat(claimed.getMap("after")).containsEntry("job", job.toString()).containsEntry("role", "source");
        assertThat(last().getString("action")).isEqualTo("internal.release");
        as("ada").delete(PROVIDERS + "/" + name).then().statusCode(200);
    }

    @Test
    void whoOnlyLooksAndWhomNobodyKnowsLeaveNothing() throws SQLException {
        long before = events();

        admin().get(PROVIDERS).then().statusCode(200);
        admin().get(PROVIDERS + "/" + NOTHING).then().statusCode(404);
        RestAssured.given().delete(PROVIDERS + "/" + NOTHING).then().statusCode(401);
        RestAssured.given()
                .auth()
                .oauth2("unknown")
                .delete(PROVIDERS + "/" + NOTHING)
                .then()
                .statusCode(401);

        assertThat(events()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UPDATE audit_events SET actor = 'nobody'", "DELETE FROM audit_events", "TRUNCATE audit_events"})
    void whatIsWrittenStays(String attempt) throws SQLException {
        as("ada").delete(PROVIDERS + "/" + NOTHING).then().statusCode(404);
        long before = events();

        assertThatThrownBy(() -> sql(attempt)).isInstanceOf(SQLException.class).hasMessageContaining("append-only");

        assertThat(events()).isEqualTo(before);
    }

    @Test
    void whatCannotBeRecordedIsNotDone() throws SQLException {
        create().then().statusCode(201);
        sql("ALTER TABLE audit_events ADD CONSTRAINT shut CHECK (false) NOT VALID");
        try {
            patch("{\"displayName\":\"unseen\"}").then().statusCode(503).body("code", equalTo("AUDIT_UNAVAILABLE"));
            as("ada")
                    .delete(PROVIDERS + "/" + name)
                    .then()
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .body("code", equalTo("AUDIT_UNAVAILABLE"));
            admin().post("/api/v2/secrets/reseal").then().statusCode(503).body("code", equalTo("AUDIT_UNAVAILABLE"));
            as("ada")
                    .delete(PROVIDERS + "/" + NOTHING)
                    .then()
                    .statusCode(503)
                    .body("code", equalTo("AUDIT_UNAVAILABLE"));
        } finally {
            sql("ALTER TABLE audit_events DROP CONSTRAINT shut");
        }
        admin().get(PROVIDERS + "/" + name)
                .then()
                .statusCode(200)
                .body("displayName", nullValue())
                .body("version", equalTo(1));
        as("ada").delete(PROVIDERS + "/" + name).then().statusCode(200);
    }

    @Test
    void aTestOfAConnectionIsRecordedWithWhereItGoes() {
        create().then().statusCode(201);
        as("ada").post(PROVIDERS + "/" + name + "/test").then().statusCode(200);
        JsonPath saved = last();
        as("ada")
                .contentType(ContentType.JSON)
                .body("{\"providerType\":\"memory\",\"config\":{\"name\":\"" + name + "\"}}")
                .post(PROVIDERS + "/test")
                .then()
                .statusCode(200);
        JsonPath unsaved = last();

        assertThat(saved.getString("action")).isEqualTo("provider.testSaved");
        assertThat(saved.getString("actor")).isEqualTo("ada");
        assertThat(saved.getString("targetName")).isEqualTo(name);
        assertThat(saved.getMap("after"))
                .containsEntry("config.endpoint", "http://127.0.0.1:1")
                .containsEntry("config.secret_key", Map.of("$secret", "set"));
        assertThat(unsaved.getString("action")).isEqualTo("provider.test");
        assertThat(unsaved.getString("target")).isNull();
        assertThat(unsaved.getMap("after")).containsEntry("providerType", "memory");
        as("ada").delete(PROVIDERS + "/" + name).then().statusCode(200);
    }

    @Test
    void aTestThatCannotBeRecordedKnocksAtNoDoor() throws SQLException, IOException {
        try (ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            sql("ALTER TABLE audit_events ADD CONSTRAINT shut CHECK (false) NOT VALID");
            try {
                admin().contentType(ContentType.JSON)
                        .body("""
                                {"providerType":"s3","config":{"endpoint":"http://127.0.0.1:%d","region":"us-east-1",
                                 "bucket":"first","access_key":"a","secret_key":"b"}}""".formatted(door.getLocalPort()))
                        .post(PROVIDERS + "/test")
                        .then()
                        .statusCode(503)
                        .body("code", equalTo("AUDIT_UNAVAILABLE"));
            } finally {
                sql("ALTER TABLE audit_events DROP CONSTRAINT shut");
            }
            door.setSoTimeout(1);
            assertThatThrownBy(door::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void theListTakesFiltersAndPages() {
        create().then().statusCode(201);
        patch("{\"displayName\":\"one\"}").then().statusCode(200);
        patch("{\"displayName\":\"two\"}").then().statusCode(200);
        patch("{}").then().statusCode(400);
        as("ada").delete(PROVIDERS + "/" + name).then().statusCode(200);

        List<String> actions = admin().queryParam("target", name)
                .get(AUDIT)
                .then()
                .body("count", equalTo(5))
                .extract()
                .path("events.action");

        assertThat(actions)
                .containsExactly(
                        "provider.delete", "provider.patch", "provider.patch", "provider.patch", "provider.create");
        assertThat(pagesOfTwo()).isEqualTo(actions);
        admin().queryParam("target", name)
                .queryParam("outcome", "refused")
                .get(AUDIT)
                .then()
                .body("events.code", equalTo(List.of("NO_FIELDS")));
        admin().queryParam("action", "provider.create")
                .queryParam("actor", "ada")
                .queryParam("since", "2020-01-01T00:00:00Z")
                .get(AUDIT)
                .then()
                .body("count", org.hamcrest.Matchers.greaterThan(0))
                .body("events.action", everyItem(equalTo("provider.create")))
                .body("events.actor", everyItem(equalTo("ada")));
        admin().queryParam("until", "2020-01-01T00:00:00Z").get(AUDIT).then().body("count", equalTo(0));
    }

    private List<String> pagesOfTwo() {
        List<String> actions = new ArrayList<>();
        String cursor = null;
        do {
            var request = admin().queryParam("target", name).queryParam("limit", 2);
            JsonPath page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get(AUDIT)
                    .jsonPath();
            actions.addAll(page.getList("events.action"));
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        return actions;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"outcome=maybe", "since=yesterday", "until=1", "cursor=bjE", "cursor=*", "limit=0", "who=ada"})
    void whatNoFilterCanMeanIsRefused(String query) {
        admin().get(AUDIT + "?" + query).then().statusCode(400).body("code", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 201})
    void whatNoNameCanBeIsRefused(int length) {
        String impossible = length == 0 ? "\0" : "a".repeat(length);
        admin().queryParam("actor", impossible)
                .get(AUDIT)
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("actor"));
    }
}
